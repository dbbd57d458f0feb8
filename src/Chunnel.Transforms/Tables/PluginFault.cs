using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>Tells what code of a plug-in throws because of a row from what has nothing to do with one.</summary>
internal static class PluginFault
{
    /// <summary>False for the job's end, for memory that is used up, for a system that may be better in a moment, and for faults of the engine's own.</summary>
    public static bool IsOfRow(Exception fault) => fault switch
    {
        ChunnelException known => known.Code is { Blame: Blame.User, Retry: Retry.Never },
        OperationCanceledException or OutOfMemoryException or BrokenBeliefException => false,
        _ => true,
    };
}
