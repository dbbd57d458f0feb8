using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Sql.Functions.Users;

/// <summary>Calls a plug-in's function and looks whether it gave what it promised.</summary>
internal static class PromisedColumn
{
    /// <summary>The result, which the caller holds.</summary>
    /// <exception cref="ChunnelException">The function threw, or gave another type or number of rows.</exception>
    public static Column Of(ISqlFunction function, SqlFunctionInput input, DataType type)
    {
        Column result;
        try
        {
            result = function.Evaluate(input);
        }
        catch (Exception e) when (e is not (ChunnelException or OperationCanceledException))
        {
            throw new ChunnelException(CommonErrors.UnsupportedOperation, $"The function {function.Name} of a plug-in failed: {e.GetType().Name}: {e.Message}", e) { Mend = "Ask the plug-in's author." };
        }
        if (result.Type == type && result.Length == input.Rows) return result;
        var gave = $"{result.Length} values of type {result.Type}";
        result.Release();
        throw new ChunnelException(CommonErrors.UnsupportedOperation, $"The function {function.Name} of a plug-in gave {gave} instead of {input.Rows} of type {type}.") { Mend = "Ask the plug-in's author." };
    }
}
