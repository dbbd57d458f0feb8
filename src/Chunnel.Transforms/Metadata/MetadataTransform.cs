using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Metadata;

/// <summary>The rows with columns of what is known of them.</summary>
internal sealed class MetadataTransform(TableSchema table, OutputColumns columns, string[] keys) : IBatchTransform
{
    private readonly byte[]? _database = table.Path.Database is { } database ? Encoding.UTF8.GetBytes(database) : null;
    private readonly int[] _partitions = [.. table.PartitionKeys.Select(table.IndexOf).Where(column => column >= 0)];
    private readonly ByteWriter _partition = new();
    private readonly byte[] _table = Encoding.UTF8.GetBytes(table.Path.Table);

    public TableSchema Output => columns.Table;

    public TableLineage LineageOf(TableSchema input) => columns.LineageOf(input);

    public ColumnBatch? Apply(ColumnBatch batch)
    {
        using (batch)
        {
            var made = new Column[keys.Length];
            for (var i = 0; i < keys.Length; i++)
            {
                made[i] = keys[i] switch
                {
                    MetadataKeys.Database => Constant(_database, columns.Made[i].Type, batch),
                    MetadataKeys.Table => Constant(_table, columns.Made[i].Type, batch),
                    MetadataKeys.RowKind => KindTexts.Short.Of(batch),
                    MetadataKeys.Partition when _partitions.Length > 0 => Partitions(batch),
                    _ => Constant(null, columns.Made[i].Type, batch),
                };
            }
            return batch.WithColumns(Output, columns.Combine(batch, made));
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }

    /// <summary>The values of the partition keys; null where all of them are.</summary>
    private Column Partitions(ColumnBatch batch)
    {
        using var builder = new TextBuilder(DataType.String, batch.Memory, batch.Rows);
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            while (builder.Count < row) builder.AppendNull();
            if (IsNowhere(batch, row)) builder.AppendNull();
            else builder.Append(PartitionOf(batch, row));
        }
        while (builder.Count < batch.Rows) builder.AppendNull();
        return builder.Build(batch.Rows);
    }

    private bool IsNowhere(ColumnBatch batch, int row)
    {
        foreach (var column in _partitions)
        {
            if (!batch[column].IsNull(row)) return false;
        }
        return true;
    }

    private ReadOnlySpan<byte> PartitionOf(ColumnBatch batch, int row)
    {
        _partition.Clear();
        for (var i = 0; i < _partitions.Length; i++)
        {
            if (i > 0) _partition.Append((byte)',');
            if (!batch[_partitions[i]].IsNull(row)) ValueText.Append(_partition, batch[_partitions[i]], row, TextFormat.Console);
        }
        return _partition.Written;
    }

    private static ConstantColumn Constant(byte[]? text, DataType type, ColumnBatch batch)
    {
        using var builder = ColumnBuilder.For(type, batch.Memory, 1);
        if (text is null) builder.AppendNullAt(0);
        else ((TextBuilder)builder).Append(text);
        return new ConstantColumn(builder.Build(1), batch.Rows);
    }
}
