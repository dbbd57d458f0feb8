using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>A transform of the plan; each subtask makes its own from it.</summary>
public sealed record TransformStep(string ActionName, TransformPlugin Plugin, TransformContext Context, IReadOnlyList<TableSchema> Tables)
{
    /// <summary>What becomes of rows that it refuses.</summary>
    public RefusedRows Refused { get; init; }

    public async ValueTask<ITransform> MakeAsync(CancellationToken stop)
    {
        var made = await Plugin.CreateAsync(Context, stop);
        return Refused == RefusedRows.Fail ? made : GuardedTransform.Of(made);
    }
}
