using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>The rows that came out.</summary>
internal sealed class Collected : ITransformOutput
{
    public List<BoxedRow> Rows { get; } = [];

    public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
    {
        using (batch) Rows.AddRange(BoxedRows.Of(batch));
        return ValueTask.CompletedTask;
    }
}
