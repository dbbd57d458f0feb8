using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>A transform of the plan; each subtask makes its own from it.</summary>
/// <param name="ActionName"><c>Transform[0]-Sql</c></param>
/// <param name="Vertex">The chain that it is a part of: <c>pipeline-1 [TransformChain[Transform[0]-Sql]]</c></param>
/// <param name="Plugin">What makes it.</param>
/// <param name="Context">From what.</param>
/// <param name="Tables">What comes out of it.</param>
public sealed record TransformStep(string ActionName, string Vertex, TransformPlugin Plugin, TransformContext Context, IReadOnlyList<TableSchema> Tables)
{
    /// <summary>Whether the transform is Chunnel's own: there an exception is a fault, which no row is to be refused for.</summary>
    public required bool IsBuiltIn { get; init; }

    /// <summary>What becomes of rows that it refuses.</summary>
    public RefusedRows Refused { get; init; }

    public async ValueTask<ITransform> MakeAsync(CancellationToken stop)
    {
        var made = await Plugin.CreateAsync(Context, stop);
        return IsBuiltIn || Refused == RefusedRows.Fail ? made : new GuardedTransform(made);
    }
}
