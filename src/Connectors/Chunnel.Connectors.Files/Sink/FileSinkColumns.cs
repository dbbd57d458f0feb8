using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Which columns of the incoming rows go into the files and which make the folders.</summary>
internal sealed class FileSinkColumns
{
    /// <exception cref="ChunnelException">An option names a column that does not come in.</exception>
    public FileSinkColumns(TableSchema incoming, FileSinkSettings settings)
    {
        Incoming = incoming;
        IReadOnlyList<string> chosen = settings.SinkColumns.Count > 0 ? settings.SinkColumns : [.. incoming.Columns.Select(column => column.Name)];
        if (chosen.FirstOrDefault(name => incoming.IndexOf(name) < 0) is { } unknown) throw Unknown("sink_columns", unknown, incoming, settings);
        if (settings.PartitionBy.FirstOrDefault(name => !chosen.Contains(name)) is { } outside) throw NotChosen(outside, chosen, settings);
        PartitionOrdinals = [.. settings.PartitionBy.Select(incoming.IndexOf)];
        if (settings.PartitionBy.FirstOrDefault(name => !CanPartition(incoming.Columns[incoming.IndexOf(name)].Type)) is { } nested) throw Nested(nested, settings);
        WrittenOrdinals = [.. chosen.Where(name => settings.PartitionInFile || !settings.PartitionBy.Contains(name)).Select(incoming.IndexOf)];
        if (WrittenOrdinals.Count == 0) throw NothingLeft(settings);
        Written = incoming.WithColumns([.. WrittenOrdinals.Select(ordinal => incoming.Columns[ordinal])]);
        AllInOrder = WrittenOrdinals.Count == incoming.Columns.Count && WrittenOrdinals.Select((ordinal, i) => ordinal == i).All(same => same);
    }

    public TableSchema Incoming { get; }

    public TableSchema Written { get; }

    public IReadOnlyList<int> WrittenOrdinals { get; }

    public IReadOnlyList<int> PartitionOrdinals { get; }

    private bool AllInOrder { get; }

    /// <summary>The batch with the written columns alone. The incoming batch stays its owner's.</summary>
    public ColumnBatch Project(ColumnBatch batch)
    {
        if (AllInOrder) return batch.Share();
        var columns = new Column[WrittenOrdinals.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = batch[WrittenOrdinals[i]];
            columns[i].Retain();
        }
        return batch.WithColumns(Written, columns);
    }

    private static bool CanPartition(DataType type) => !type.IsNested && !type.IsVector && type.Kind != TypeKind.Bytes;

    private static ChunnelException Unknown(string option, string name, TableSchema incoming, FileSinkSettings settings) =>
        new(CommonErrors.OptionValidateFailed, $"'{option}' names the column '{name}', which the table '{incoming.TableId}' does not have.")
        {
            Where = settings.Block.Find(option)?.Value.Where ?? settings.Block.Where,
            Mend = Nearest.DidYouMean(name, incoming.Columns.Select(column => column.Name)) ?? $"It has: {string.Join(", ", incoming.Columns.Select(column => column.Name))}.",
        };

    private static ChunnelException NotChosen(string name, IReadOnlyList<string> chosen, FileSinkSettings settings) =>
        new(CommonErrors.IllegalArgument, $"partition fields must in sink columns. 'partition_by' names '{name}'.")
        {
            Where = settings.Block.Find("partition_by")?.Value.Where ?? settings.Block.Where,
            Mend = Nearest.DidYouMean(name, chosen) ?? $"The sink's columns are: {string.Join(", ", chosen)}.",
        };

    private static ChunnelException Nested(string name, FileSinkSettings settings) =>
        new(CommonErrors.IllegalArgument, $"'partition_by' names '{name}', whose values cannot be the name of a folder.") { Where = settings.Block.Where, Mend = "Partition by a column with simple values." };

    private static ChunnelException NothingLeft(FileSinkSettings settings) =>
        new(CommonErrors.IllegalArgument, "No column is left to write: all of them make folders.") { Where = settings.Block.Where, Mend = "Set is_partition_field_write_in_file = true, or partition by fewer columns." };
}
