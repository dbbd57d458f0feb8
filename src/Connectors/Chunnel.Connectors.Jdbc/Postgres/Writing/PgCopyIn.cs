using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// A COPY into a table. It counts only when it is completed: disposed before, it is cancelled, for the driver's stream would complete it.
/// </summary>
internal sealed class PgCopyIn : IAsyncDisposable
{
    /// <summary>A row count of -1 ends the COPY.</summary>
    private static readonly byte[] Trailer = [0xFF, 0xFF];

    private static readonly byte[] Header = [.. PgTuples.Signature, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>What the driver takes into its buffer, behind the head of a message. More at once it would send by itself, and the head in a packet of its own, which wakes the server for nothing.</summary>
    private const int PieceBytes = PgConnections.WriteBufferBytes - 64;

    private readonly NpgsqlRawCopyStream _stream;
    private bool _ended;

    private PgCopyIn(NpgsqlRawCopyStream stream) => _stream = stream;

    /// <summary>Bytes sent.</summary>
    public long Bytes { get; private set; }

    public static async ValueTask<PgCopyIn> BeginAsync(NpgsqlConnection connection, string target, CancellationToken stop)
    {
        FailPoint.Reach("postgres.copy.begin");
        var copy = new PgCopyIn(await connection.BeginRawBinaryCopyAsync($"copy {target} from stdin (format binary)", stop));
        await copy.SendAsync(Header, stop);
        return copy;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> rows, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        FailPoint.Reach("postgres.copy.send");
        for (var at = 0; at < rows.Length; at += PieceBytes) await _stream.WriteAsync(rows.Slice(at, Math.Min(PieceBytes, rows.Length - at)), CancellationToken.None);
        Bytes += rows.Length;
    }

    /// <summary>Ends the COPY: the rows are in the table, as far as its transaction is. What was wrong with any of them is told here.</summary>
    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        FailPoint.Reach("postgres.copy.complete.before");
        await _stream.WriteAsync(Trailer, CancellationToken.None);
        _ended = true;
        await _stream.DisposeAsync();
        FailPoint.Reach("postgres.copy.complete.after");
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended) return;
        _ended = true;
        try
        {
            await _stream.CancelAsync();
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The server refused the rows already, or is gone: either way nothing is written.
        }
    }
}
