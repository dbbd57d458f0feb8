using Chunnel.Core;
using Chunnel.Formats.Arrow;

namespace Chunnel.Formats.Parquet;

/// <summary>
/// Writes batches of one table into a Parquet file behind a stream, which need not seek. The file is whole only after <see cref="CloseAsync"/>;
/// what was given up before is no Parquet file. What the library holds of the open row group is charged to the budget by an estimate.
/// </summary>
public sealed class ParquetWriter : IAsyncDisposable
{
    /// <summary>Encoded and not yet written, a row takes about this share of its columns (measured: 35 MB of 56 MB a row group).</summary>
    private const int EncodedEighths = 5;

    private readonly IParquetFile _file;
    private readonly ParquetWriteOptions _options;
    private readonly BatchMemory _memory;
    private long _groupRows;
    private long _groupBytes;
    private long _chargedBytes;
    private bool _closed;

    private ParquetWriter(IParquetFile file, TableSchema schema, ParquetWriteOptions options, BatchMemory memory)
    {
        _file = file;
        _options = options;
        _memory = memory;
        Schema = schema;
    }

    public TableSchema Schema { get; }

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Timestamps that lost digits.</summary>
    public long ValuesRounded => _file.ValuesRounded;

    /// <summary>Timestamps that did not fit and were clamped or made null.</summary>
    public long ValuesOutOfRange => _file.ValuesOutOfRange;

    /// <summary>Bytes that have reached the stream.</summary>
    public long BytesWritten => _file.BytesWritten;

    /// <summary>Starts a file. The stream is closed with it unless told otherwise.</summary>
    public static ParquetWriter Create(Stream stream, TableSchema schema, BatchMemory memory, ParquetWriteOptions? options = null, bool leaveOpen = false)
    {
        options ??= new ParquetWriteOptions();
        var output = new CountingStream(stream, leaveOpen);
        try
        {
            var int96 = options.TimestampsAsInt96 || options.FixedAsInt96.Count > 0;
            return new ParquetWriter(int96 ? new Int96ParquetFile(output, schema, options) : new ArrowParquetFile(output, schema, options), schema, options, memory);
        }
        catch (Exception e) when (e is not ChunnelException)
        {
            throw ParquetErrors.CannotWrite(e);
        }
    }

    /// <summary>Writes the rows that count; takes the batch. Kinds are not written: the caller decides what a delete means to a file.</summary>
    /// <exception cref="ChunnelException">A value does not fit and the policy is to fail, or the stream fails.</exception>
    public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        using var dense = batch.Compact();
        stop.ThrowIfCancellationRequested();
        if (dense.Rows == 0) return ValueTask.CompletedTask;
        try
        {
            MakeRoom(dense);
            _file.Write(dense);
        }
        catch (Exception e) when (e is not (ChunnelException or BrokenBeliefException))
        {
            throw ParquetErrors.CannotWrite(e);
        }
        Rows += dense.Rows;
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the file. Returns its rows.</summary>
    public ValueTask<long> CloseAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            _file.Close();
        }
        catch (Exception e) when (e is not ChunnelException)
        {
            throw ParquetErrors.CannotWrite(e);
        }
        finally
        {
            Release();
        }
        return ValueTask.FromResult(Rows);
    }

    /// <summary>Gives the file up if it was not closed.</summary>
    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }

    private void Release()
    {
        if (_closed) return;
        _closed = true;
        _file.Dispose();
        Credit();
    }

    private void MakeRoom(ColumnBatch batch)
    {
        var bytes = batch.Bytes;
        var estimate = bytes * EncodedEighths / 8;
        var budget = _memory.Budget;
        var full = _groupRows + batch.Rows > _options.RowGroupRows || _groupBytes + bytes > _options.RowGroupBytes;
        // A row group that is ended only by the next batch must leave room for that batch: readers wait for it.
        var tight = !budget.MayKeep(estimate);
        if (_groupRows > 0 && (full || tight)) EndRowGroup();
        budget.Charge(estimate);
        budget.Keep(estimate);
        _chargedBytes += estimate;
        _groupRows += batch.Rows;
        _groupBytes += bytes;
    }

    private void EndRowGroup()
    {
        _file.EndRowGroup();
        (_groupRows, _groupBytes) = (0, 0);
        Credit();
    }

    private void Credit()
    {
        _memory.Budget.LetGo(_chargedBytes);
        _memory.Budget.Credit(_chargedBytes);
        _chargedBytes = 0;
    }
}
