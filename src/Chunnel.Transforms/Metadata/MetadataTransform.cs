using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Metadata;

/// <summary>The rows with columns of what is known of them.</summary>
internal sealed class MetadataTransform(TableSchema table, OutputColumns columns, string[] keys) : IBatchTransform
{
    private readonly byte[]? _database = table.Path.Database is { } database ? Encoding.UTF8.GetBytes(database) : null;
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

    private static ConstantColumn Constant(byte[]? text, DataType type, ColumnBatch batch)
    {
        using var builder = ColumnBuilder.For(type, batch.Memory, 1);
        if (text is null) builder.AppendNullAt(0);
        else ((TextBuilder)builder).Append(text);
        return new ConstantColumn(builder.Build(1), batch.Rows);
    }
}
