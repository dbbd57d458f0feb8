using Apache.Arrow;
using Apache.Arrow.Ipc;
using Chunnel.Core;
using Chunnel.Formats.Arrow;
using ParquetSharp.Arrow;

namespace Chunnel.Formats.Parquet;

/// <summary>
/// Rows of a file as batches, in order. <see cref="NextRow"/> is exact between two batches: a scan that starts there goes on without a row
/// lost or doubled. What the library takes outside our blocks is charged to the budget by an estimate.
/// </summary>
public sealed class ParquetScan : IDisposable
{
    private readonly FileReader _file;
    private readonly string _name;
    private readonly BatchMemory _memory;
    private readonly int[] _leaves;
    private readonly IReadOnlyList<ParquetRowGroup> _groups;
    private readonly long _reserveBytes;
    private readonly long _endRow;
    private readonly int _batchRows;
    private readonly Action<ColumnBatch, int, UnfitRows>? _unfit;
    private IArrowArrayStream? _stream;
    private RecordBatch? _records;
    private int _nextRecord;
    private bool _open;

    internal ParquetScan(
        FileReader file, string name, BatchMemory memory, TableSchema schema, int[] leaves, IReadOnlyList<ParquetRowGroup> groups, long startRow, long nativeBytes, ParquetScanOptions options)
    {
        _file = file;
        _name = name;
        _memory = memory;
        _leaves = leaves;
        _groups = groups;
        _batchRows = options.BatchRows;
        _unfit = options.Unfit;
        _reserveBytes = Math.Min(nativeBytes, memory.Budget.LimitBytes / 2);
        _endRow = groups.Count == 0 ? startRow : groups[^1].FirstRow + groups[^1].Rows;
        Schema = schema;
        NextRow = startRow;
    }

    public TableSchema Schema { get; }

    /// <summary>Number in the file of the row that the next batch begins with.</summary>
    public long NextRow { get; private set; }

    /// <summary>Rows still to come.</summary>
    public long RowsLeft => _endRow - NextRow;

    /// <summary>The next batch, which the caller owns; null at the end. Waits for memory.</summary>
    /// <exception cref="ChunnelException">The file is damaged, or a value does not fit the type that it is read as.</exception>
    public async ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop)
    {
        if (RowsLeft <= 0) return null;
        await _memory.WaitForRoomAsync(ColumnBatch.AimBytes + (_open ? 0 : _reserveBytes), stop);
        if (Schema.Columns.Count == 0) return Counted();
        try
        {
            if (!_open) Open();
            while (RowsLeft > 0)
            {
                while (_records is null) await AdvanceAsync(stop);
                if (Take(_records) is { } batch) return batch;
            }
            return null;
        }
        catch (Exception e) when (e is not (ChunnelException or OperationCanceledException or BrokenBeliefException))
        {
            throw ParquetErrors.CannotRead(_name, NextRow, e);
        }
    }

    public void Dispose()
    {
        DropRecords();
        _stream?.Dispose();
        if (_open) _memory.Budget.Credit(_reserveBytes);
        _open = false;
    }

    /// <summary>The next rows of the records; null when none of them fits.</summary>
    private ColumnBatch? Take(RecordBatch records)
    {
        var rows = BatchLimit.Rows(records, _nextRecord, _batchRows);
        var unfit = _unfit is null ? null : new UnfitRows();
        var batch = ArrowBridge.Copy(records, Schema, _memory, _nextRecord, rows, NextRow, unfit);
        var fitting = unfit is null or { IsEmpty: true } ? batch : WithoutUnfit(batch, unfit);
        NextRow += rows;
        _nextRecord += rows;
        if (_nextRecord == records.Length) DropRecords();
        return fitting;
    }

    /// <summary>Takes the batch over.</summary>
    private ColumnBatch? WithoutUnfit(ColumnBatch batch, UnfitRows unfit)
    {
        using (batch)
        {
            foreach (var row in unfit.Rows) _unfit!(batch, row, unfit);
            if (unfit.Rows.Count == batch.Rows) return null;
            var selection = ColumnBuffer.Rent<ushort>(_memory, batch.Rows - unfit.Rows.Count);
            var to = selection.As<ushort>();
            var count = 0;
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!unfit.Has(row)) to[count++] = (ushort)row;
            }
            return batch.WithSelection(selection, count).Compact();
        }
    }

    /// <summary>Rows without columns: a number is all there is to know of them.</summary>
    private ColumnBatch Counted()
    {
        var rows = (int)Math.Min(RowsLeft, _batchRows);
        var batch = new ColumnBatch(Schema, rows, [], _memory) { FirstRow = NextRow };
        NextRow += rows;
        return batch;
    }

    private void Open()
    {
        _memory.Budget.Charge(_reserveBytes);
        _open = true;
        _stream = _file.GetRecordBatchReader([.. _groups.Select(group => group.Index)], _leaves);
        _nextRecord = (int)-(NextRow - _groups[0].FirstRow);
    }

    /// <summary>The next records, with those before the start row skipped; <see cref="_nextRecord"/> is negative while rows are to be skipped.</summary>
    private async ValueTask AdvanceAsync(CancellationToken stop)
    {
        var records = await _stream!.ReadNextRecordBatchAsync(stop) ?? throw new InvalidDataException($"the file ends {RowsLeft} rows early");
        if (-_nextRecord >= records.Length)
        {
            _nextRecord += records.Length;
            records.Dispose();
            return;
        }
        _nextRecord = -_nextRecord;
        _records = records;
    }

    private void DropRecords()
    {
        _records?.Dispose();
        _records = null;
        _nextRecord = 0;
    }
}
