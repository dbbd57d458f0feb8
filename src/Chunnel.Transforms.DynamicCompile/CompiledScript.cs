using System.Reflection;
using System.Runtime.Loader;
using Chunnel.Core;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>A script as loaded code, in a context of its own that goes when nobody uses it any more.</summary>
internal sealed class CompiledScript(ScriptText text, AssemblyLoadContext context, Type type, ScriptMethods methods, Func<int, int, TextPosition> place)
{
    /// <summary>A new instance of the script's class.</summary>
    public Script Make()
    {
        object? instance;
        try
        {
            instance = type.IsAbstract && type.IsSealed ? null : Activator.CreateInstance(type, nonPublic: true);
        }
        catch (Exception wrong)
        {
            var cause = wrong is TargetInvocationException { InnerException: { } inner } ? inner : wrong;
            throw new ChunnelException(DynamicCompileErrors.Failed, $"The class '{type.Name}' cannot be made: {cause.GetType().Name}: {cause.Message}", cause)
            {
                Where = ScriptFailure.PlaceOf(cause, place) ?? text.At(0, 0), Mend = "It needs a constructor without parameters that does not fail.",
            };
        }
        return new Script(instance, methods, place);
    }

    public void Unload() => context.Unload();
}
