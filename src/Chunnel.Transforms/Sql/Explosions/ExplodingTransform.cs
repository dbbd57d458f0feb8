using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Sql.Explosions;

/// <summary>A query whose rows are exploded after they were filtered and computed.</summary>
internal sealed class ExplodingTransform(SqlTransform query, Explosion explosion) : ITableTransform
{
    public TableSchema Output => explosion.Output;

    public TableLineage LineageOf(TableSchema input) => query.LineageOf(input);

    public void Open(TransformRuntime runtime) => query.Open(runtime);

    public ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop) =>
        query.Apply(batch) is { } rows ? explosion.ApplyAsync(rows, output, stop) : ValueTask.CompletedTask;

    public void Dispose() => query.Dispose();
}
