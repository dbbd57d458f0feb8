using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.DataValidator;

/// <summary>The table of rows that break rules: one row tells of one, whatever its kind, and is itself an insert.</summary>
internal sealed class ErrorTable
{
    private readonly byte[] _sourceId;
    private readonly byte[] _sourcePath;
    private readonly IReadOnlyList<ColumnDef> _sourceColumns;
    private readonly ByteWriter _json = new();
    private long _now;

    /// <param name="source">The table whose rows are told of.</param>
    /// <param name="name">The table's path, or a name beside the source's.</param>
    public ErrorTable(TableSchema source, string name)
    {
        _sourceId = Encoding.UTF8.GetBytes($"{source.CatalogName}.{source.TableId}");
        _sourcePath = Encoding.UTF8.GetBytes(source.TableId);
        _sourceColumns = source.Columns;
        Schema = new TableSchema(name.Contains('.', StringComparison.Ordinal) ? TablePath.Parse(name) : source.Path with { Table = name },
        [
            new ColumnDef("source_table_id", DataType.String) { Nullable = false, Comment = "Source table identifier" },
            new ColumnDef("source_table_path", DataType.String) { Nullable = false, Comment = "Source table path" },
            new ColumnDef("original_data", DataType.String) { Nullable = false, Comment = "The row as JSON" },
            new ColumnDef("validation_errors", DataType.String) { Nullable = false, Comment = "What is wrong with it, as a JSON array" },
            new ColumnDef("create_time", DataType.Timestamp) { Nullable = false, Comment = "When it was found" },
        ])
        {
            Comment = "Rows that broke rules",
            CatalogName = source.CatalogName,
        };
    }

    public TableSchema Schema { get; }

    /// <summary>What its columns are made of.</summary>
    public IReadOnlyList<ColumnOrigin> Origins(IReadOnlyList<string> checkedColumns) =>
    [
        ColumnOrigin.Metadata("Table"),
        ColumnOrigin.Metadata("Table"),
        ColumnOrigin.Computed("the row as JSON", [.. _sourceColumns.Select(column => column.Name)]),
        ColumnOrigin.Computed("what is wrong with the row", [.. checkedColumns]),
        ColumnOrigin.Computed("the time when it was found"),
    ];

    /// <summary>The rows that tell of some rows of a batch, which stays its owner's.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="invalid">Which, with what is wrong with each.</param>
    /// <param name="now">The time of day here.</param>
    public ColumnBatch Of(ColumnBatch batch, IReadOnlyList<InvalidRow> invalid, DateTimeOffset now)
    {
        _now = (now.DateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var builders = new ColumnBuilder[Schema.Columns.Count];
        try
        {
            for (var i = 0; i < builders.Length; i++) builders[i] = ColumnBuilder.For(Schema.Columns[i].Type, batch.Memory, invalid.Count);
            for (var i = 0; i < invalid.Count; i++) Append(batch, invalid[i], builders, i);
            return new ColumnBatch(Schema, invalid.Count, [.. builders.Select(builder => builder.Build(invalid.Count))], batch.Memory);
        }
        finally
        {
            foreach (var builder in builders) builder?.Dispose();
        }
    }

    private void Append(ColumnBatch batch, InvalidRow invalid, ColumnBuilder[] to, int row)
    {
        ((TextBuilder)to[0]).Append(_sourceId);
        ((TextBuilder)to[1]).Append(_sourcePath);
        WriteRow(batch, invalid.Row);
        ((TextBuilder)to[2]).Append(_json.Written);
        WriteErrors(invalid);
        ((TextBuilder)to[3]).Append(_json.Written);
        ((TimestampBuilder)to[4]).Micros[row] = _now;
    }

    private void WriteRow(ColumnBatch batch, int row)
    {
        _json.Clear();
        _json.Append((byte)'{');
        for (var i = 0; i < _sourceColumns.Count; i++)
        {
            if (i > 0) _json.Append((byte)',');
            JsonText.AppendString(_json, Encoding.UTF8.GetBytes(_sourceColumns[i].Name));
            _json.Append((byte)':');
            JsonText.Append(_json, batch[i], row);
        }
        _json.Append((byte)'}');
    }

    private void WriteErrors(InvalidRow invalid)
    {
        _json.Clear();
        var before = (byte)'[';
        foreach (var (field, message) in invalid.Errors)
        {
            _json.Append(before);
            _json.Append("{\"field_name\":"u8);
            JsonText.AppendString(_json, Encoding.UTF8.GetBytes(field));
            _json.Append(",\"error_message\":"u8);
            JsonText.AppendString(_json, Encoding.UTF8.GetBytes(message));
            _json.Append((byte)'}');
            before = (byte)',';
        }
        _json.Append((byte)']');
    }
}
