using System.Reflection;
using System.Runtime.Loader;

namespace Chunnel.Plugins;

/// <summary>
/// Where a plug-in's assemblies live: its own versions of whatever it brings, apart from ours and from other plug-ins'. Only the
/// contract is shared, or its types would not be the same ones.
/// </summary>
internal sealed class PluginLoadContext(string assemblyPath) : AssemblyLoadContext($"plugin {Path.GetFileNameWithoutExtension(assemblyPath)}")
{
    private static readonly string[] Shared = ["Chunnel.Core", "Chunnel.Plugins", "Microsoft.Extensions.Logging.Abstractions"];

    private readonly AssemblyDependencyResolver _resolver = new(assemblyPath);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Array.IndexOf(Shared, assemblyName.Name) >= 0) return null;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
