using System.IO.Hashing;
using Chunnel.Core;
using Chunnel.Plugins;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The rows of a binary COPY: scanned a chunk at a time, then decoded column by column into the builder's spans.</summary>
internal sealed class PgReading : IRowReading
{
    private const int LeastRows = 16;

    private readonly TableSchema _table;
    private readonly ReaderContext _context;
    private readonly CopyPump _pump;
    private readonly int _capacity;

    // Rows that stay as they are need neither.
    private readonly Lazy<BatchBuilder> _builder;
    private readonly Lazy<FieldGrid> _grid;
    private readonly PgRowDecoder _decoder;
    private readonly PgWireForm? _wire;
    private readonly string _doing;
    private readonly Crc32? _checksum;
    private CopyChunk? _chunk;
    private Block? _longRow;
    private bool _headerRead;
    private bool _ended;

    public PgReading(NpgsqlRawCopyStream copy, TableSchema table, ReaderContext context, Looseness looseness, bool keepsChecksum)
    {
        _table = table;
        _context = context;
        _doing = $"reading table '{table.TableId}'";
        _checksum = keepsChecksum ? new Crc32() : null;
        _decoder = new PgRowDecoder(table, looseness);
        _wire = context.Wire == PgWireForm.Name ? PgWireForm.TryMake(table, looseness, context.Memory) : null;
        var rows = Math.Clamp(ColumnBatch.AimBytes / Math.Max(1, table.Columns.Sum(column => WidthOf(column.Type))), LeastRows, ColumnBatch.AimRows);
        _capacity = Math.Min(rows, context.BatchRows);
        _builder = new Lazy<BatchBuilder>(() => new BatchBuilder(table, context.Memory, _capacity));
        _grid = new Lazy<FieldGrid>(() => new FieldGrid(table.Columns.Count, _capacity));
        _pump = new CopyPump(new PgCopyOut(copy), context.Memory, context.Clock);
    }

    /// <inheritdoc cref="CopyPump.IsAbandoned"/>
    public bool IsAbandoned => _pump.IsAbandoned;

    public uint Checksum => _checksum?.GetCurrentHashAsUInt32() ?? 0;

    public async ValueTask<ColumnBatch?> ReadAsync(long firstRow, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        await _context.Memory.WaitForRoomAsync(ColumnBatch.AimBytes, stop);
        return _wire is null ? await ReadColumnsAsync(firstRow, stop) : await ReadWireAsync(_wire, firstRow, stop);
    }

    private async ValueTask<ColumnBatch?> ReadColumnsAsync(long firstRow, CancellationToken stop)
    {
        var (rows, bytes) = (0, 0);
        while (!_ended && rows < _capacity && bytes < ColumnBatch.AimBytes)
        {
            if (_chunk is not null)
            {
                var used = Note(_capacity - rows, ColumnBatch.AimBytes - bytes);
                Decode(used, rows, firstRow);
                bytes += used;
                rows += _grid.Value.Rows;
                if (used > 0) continue;
            }
            if (_ended) break;
            // What is here already goes out when nothing more is at hand.
            if (!_pump.TryNext(out var next))
            {
                if (rows > 0) break;
                next = await NextAsync(stop);
            }
            Adopt(next ?? throw BrokenOff());
        }
        return rows == 0 ? null : _builder.Value.Build(rows, firstRow);
    }

    /// <summary>The rows of a chunk, as they are.</summary>
    private async ValueTask<ColumnBatch?> ReadWireAsync(PgWireForm wire, long firstRow, CancellationToken stop)
    {
        while (!_ended)
        {
            if (_chunk is not null && Cut(wire, firstRow) is { } batch) return batch;
            if (_ended) break;
            if (!_pump.TryNext(out var next)) next = await NextAsync(stop);
            Adopt(next ?? throw BrokenOff());
        }
        return null;
    }

    public async ValueTask<long> SkipAsync(long rows, CancellationToken stop)
    {
        long skipped = 0;
        while (!_ended && skipped < rows)
        {
            if (_chunk is not null)
            {
                var used = Note((int)Math.Min(rows - skipped, _capacity), int.MaxValue);
                Leave(used);
                skipped += _grid.Value.Rows;
                if (used > 0) continue;
            }
            if (_ended) break;
            Adopt(await NextAsync(stop) ?? throw BrokenOff());
        }
        return skipped;
    }

    public async ValueTask DisposeAsync()
    {
        if (_chunk is { } chunk) Release(chunk);
        _chunk = null;
        if (_builder.IsValueCreated) _builder.Value.Dispose();
        _pump.IsThrough = _ended;
        await _pump.DisposeAsync();
    }

    private async ValueTask<CopyChunk?> NextAsync(CancellationToken stop)
    {
        try
        {
            return await _pump.NextAsync(stop);
        }
        catch (Exception fault) when (PgErrors.IsOfServer(fault))
        {
            throw PgErrors.Asking(fault, _doing, TextPosition.Nowhere);
        }
    }

    /// <summary>Notes the rows that stand whole in the chunk; answers their bytes.</summary>
    private unsafe int Note(int mostRows, int mostBytes)
    {
        var found = default(PgScan);
        if (IsBehindHeader())
        {
            var chunk = _chunk!;
            found = PgTuples.Scan(chunk.Block.Pointer + chunk.Start, chunk.End - chunk.Start, _grid.Value, Math.Min(mostRows, _capacity), mostBytes);
        }
        _ended = found.Ended;
        _grid.Value.SetRows(found.Rows);
        return found.Bytes;
    }

    /// <summary>Takes the rows that stand whole in the chunk out of it, without a copy; null when there are none.</summary>
    private ColumnBatch? Cut(PgWireForm wire, long firstRow)
    {
        if (!IsBehindHeader()) return null;
        var chunk = _chunk!;
        var (rows, ended) = wire.Cut(chunk, _context.BatchRows, firstRow);
        _ended = ended;
        if (rows is null) return null;
        Leave(rows.Bytes);
        return new ColumnBatch(_table, rows, _context.Memory) { FirstRow = firstRow };
    }

    private bool IsBehindHeader()
    {
        var chunk = _chunk!;
        if (_headerRead) return true;
        if (chunk.End - chunk.Start < PgTuples.HeaderBytes) return false;
        chunk.Start += PgTuples.HeaderBytes;
        return _headerRead = true;
    }

    /// <summary>Turns the noted rows into values from a row on, and goes on behind them.</summary>
    private unsafe void Decode(int used, int at, long firstRow)
    {
        _decoder.Decode(_grid.Value, _chunk!.Block.Pointer + _chunk.Start, _builder.Value, at, firstRow);
        Leave(used);
    }

    private unsafe void Leave(int used)
    {
        _checksum?.Append(new ReadOnlySpan<byte>(_chunk!.Block.Pointer + _chunk.Start, used));
        _chunk!.Start += used;
    }

    /// <summary>Goes on with the next chunk; the row that both share is put together.</summary>
    private unsafe void Adopt(CopyChunk next)
    {
        if (_chunk is { } old)
        {
            var rest = old.Block.GetSpan()[old.Start..old.End];
            if (rest.Length <= CopyChunk.HeadRoom)
            {
                next.Start = CopyChunk.HeadRoom - rest.Length;
                rest.CopyTo(next.Block.GetSpan()[next.Start..]);
                Release(old);
            }
            else
            {
                next = Join(rest, next);
            }
        }
        _chunk = next;
    }

    /// <summary>A row longer than a chunk grows in a block of its own until it is whole.</summary>
    private CopyChunk Join(ReadOnlySpan<byte> rest, CopyChunk next)
    {
        var more = next.Block.GetSpan()[next.Start..next.End];
        var block = _context.Memory.Rent(checked(Math.Max(CopyChunk.Bytes, (int)Math.Min(2L * rest.Length, int.MaxValue / 2)) + more.Length));
        rest.CopyTo(block.GetSpan());
        more.CopyTo(block.GetSpan()[rest.Length..]);
        var length = rest.Length + more.Length;
        _pump.Return(next);
        Release(_chunk!);
        _longRow = block;
        return new CopyChunk(block) { Start = 0, End = length };
    }

    private void Release(CopyChunk chunk)
    {
        if (ReferenceEquals(chunk.Block, _longRow)) _longRow = null;
        else if (chunk.Block.References == 1)
        {
            _pump.Return(chunk);
            return;
        }
        // Batches that were cut from it have it still.
        else _pump.Return(new CopyChunk(_context.Memory.Rent(CopyChunk.Bytes)));
        chunk.Block.Release();
    }

    private ChunnelException BrokenOff() => new(JdbcErrors.ReadFailed, $"The server broke off {_doing}.");

    private static int WidthOf(DataType type) => type.Kind switch
    {
        TypeKind.Boolean => 1,
        TypeKind.SmallInt => 2,
        TypeKind.Int or TypeKind.Float or TypeKind.Date or TypeKind.String or TypeKind.Bytes or TypeKind.Array => 4,
        TypeKind.Decimal => 16,
        _ => 8,
    };
}
