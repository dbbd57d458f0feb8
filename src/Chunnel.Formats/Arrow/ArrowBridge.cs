using Apache.Arrow;
using Chunnel.Core;

namespace Chunnel.Formats.Arrow;

/// <summary>
/// The border to Arrow (data-path.md 1.1). Out: our blocks are wrapped, not copied; where Arrow or a C consumer pins a buffer it retains the
/// block. In: values are copied and checked, so that no foreign memory lives on in the engine.
/// </summary>
public sealed class ArrowBridge
{
    private readonly TableSchema _schema;
    private readonly ArrowOptions _options;

    public ArrowBridge(TableSchema schema, ArrowOptions? options = null)
    {
        _schema = schema;
        _options = options ?? ArrowOptions.Default;
        Schema = ArrowTypes.ToSchema(schema, _options);
    }

    /// <summary>The schema of all batches that leave through this bridge.</summary>
    public Apache.Arrow.Schema Schema { get; }

    /// <summary>The batch as Arrow. The batch stays its owner's; the view holds its blocks until it is disposed. Row kinds have no place in Arrow.</summary>
    /// <exception cref="ChunnelException">A value does not fit and the policy is to fail.</exception>
    public ArrowBatch Wrap(ColumnBatch batch)
    {
        Belief.Holds(!batch.HasSelection, "a batch is compacted before it leaves as Arrow");
        Belief.Holds(batch.ColumnCount == _schema.Columns.Count, "a batch leaves through the bridge of its schema");
        var shared = batch.Share();
        var export = new ArrowExport(shared, _options);
        try
        {
            var arrays = new IArrowArray[batch.ColumnCount];
            for (var i = 0; i < arrays.Length; i++)
                arrays[i] = ArrowArrayFactory.BuildArray(export.Column(_schema.Columns[i].Name, batch[i], Schema.GetFieldByIndex(i).DataType));
            return new ArrowBatch(shared, new RecordBatch(Schema, arrays, batch.Rows), export.Converted, export.Rounded, export.OutOfRange);
        }
        catch
        {
            foreach (var buffer in export.Converted) buffer.Block!.Release();
            shared.Dispose();
            throw;
        }
    }

    /// <summary>The rows as a batch of ours, which the caller owns: columns by name, in the schema's order and types.</summary>
    /// <param name="batch">Stays its owner's, and is not needed afterwards.</param>
    /// <param name="schema">Names, order and types to read as.</param>
    /// <param name="memory">Where the copies come from.</param>
    /// <param name="firstRow">Number of the batch's first row, for messages.</param>
    /// <exception cref="ChunnelException">Offsets, lengths or text are damaged, a column is missing, or a value does not fit.</exception>
    public static ColumnBatch Copy(RecordBatch batch, TableSchema schema, BatchMemory memory, long firstRow = 0) =>
        Copy(batch, schema, memory, 0, batch.Length, firstRow);

    /// <summary>A run of the rows as a batch of ours.</summary>
    /// <param name="batch">Stays its owner's, and is not needed afterwards.</param>
    /// <param name="schema">Names, order and types to read as.</param>
    /// <param name="memory">Where the copies come from.</param>
    /// <param name="start">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="firstRow">The first row's number, for messages.</param>
    /// <param name="unfit">Where rows are noted of which a value does not fit; without it the first one is the end.</param>
    public static ColumnBatch Copy(RecordBatch batch, TableSchema schema, BatchMemory memory, int start, int rows, long firstRow, UnfitRows? unfit = null)
    {
        var columns = new Chunnel.Core.Column?[schema.Columns.Count];
        try
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var column = schema.Columns[i];
                var at = batch.Schema.GetFieldIndex(column.Name);
                if (at < 0) throw ArrowErrors.DamagedData(column.Name, "it is not there");
                var import = new ArrowImport(memory, column.Name, firstRow, unfit);
                columns[i] = import.Read(batch.Column(at).Data, column.Type, start, rows);
            }
            return new ColumnBatch(schema, rows, columns!, memory) { FirstRow = firstRow };
        }
        catch
        {
            foreach (var column in columns) column?.Release();
            throw;
        }
    }
}
