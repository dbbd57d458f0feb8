using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>A transform of the plan; each subtask makes its own from it.</summary>
public sealed record TransformStep(string ActionName, TransformPlugin Plugin, TransformContext Context, IReadOnlyList<TableSchema> Tables)
{
    public ValueTask<ITransform> MakeAsync(CancellationToken stop) => Plugin.CreateAsync(Context, stop);
}
