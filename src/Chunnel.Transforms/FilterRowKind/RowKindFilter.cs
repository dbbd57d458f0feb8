using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.FilterRowKind;

/// <summary>Selects the rows of some kinds; nothing is copied.</summary>
/// <param name="table">Stays as it is.</param>
/// <param name="keeps">Whether a kind stays, by its number.</param>
internal sealed class RowKindFilter(TableSchema table, bool[] keeps) : IBatchTransform
{
    public TableSchema Output => table;

    public TableLineage LineageOf(TableSchema input) => TableLineage.Same(table) with
    {
        Filter = $"rows of kind {string.Join(", ", Enum.GetValues<RowKind>().Where(kind => keeps[(int)kind]).Select(kind => kind.ToFullText()))}",
    };

    public ColumnBatch? Apply(ColumnBatch batch)
    {
        if (batch.Kinds.IsEmpty && keeps[(int)RowKind.Insert]) return batch;
        using (batch)
        {
            return batch.Kinds.IsEmpty ? null : RowSelection.Keep(batch, batch.Kinds, keeps);
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
