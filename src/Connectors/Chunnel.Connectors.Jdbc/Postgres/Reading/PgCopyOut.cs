using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// The bytes of a COPY from the server. The driver waits, decrypts, and hears of errors and of the end; whole messages that it has
/// received are taken out of its buffer many at a time. The server sends 8 KiB a time: they are let gather for a moment. One thread reads.
/// </summary>
internal sealed class PgCopyOut : IAsyncDisposable
{
    /// <summary>What is worth a call to the system.</summary>
    private const int Plenty = 64 << 10;

    /// <summary>More than comes in a moment: until then nobody is told of any.</summary>
    private const int MoreThanComes = 256 << 10;

    /// <summary>How long bytes gather before they are fetched: some 200 KiB at full speed, and a slow server is asked a thousand times a second.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly NpgsqlRawCopyStream _stream;
    private readonly DriverBuffer _buffer;
    private readonly QuietSocket _socket;
    private readonly ManualResetEventSlim _cancelled = new(initialState: false, spinCount: 0);

    public PgCopyOut(NpgsqlRawCopyStream stream)
    {
        _stream = stream;
        _buffer = new DriverBuffer(stream);
        _socket = new QuietSocket(_buffer.Socket);
    }

    /// <summary>Lets bytes gather, for a moment at most; false when none are here: then <see cref="Read"/> may wait for long.</summary>
    public bool Gather()
    {
        if (_buffer.HasRows || _buffer.IsFull || _buffer.IsAtOther || _socket.Available >= Plenty) return true;
        _cancelled.Wait(Moment);
        return _socket.Available > 0;
    }

    /// <summary>Waits for bytes, and answers how many came; 0 behind the last.</summary>
    public int Read(Span<byte> to)
    {
        var read = _buffer.Take(to);
        if (read == 0 && !_buffer.HasRows && _socket.Available > 0 && _buffer.Receive())
        {
            _socket.HearFrom(MoreThanComes);
            read = _buffer.Take(to);
        }
        if (read > 0) return read;
        if (!_buffer.IsDrained) return _stream.Read(to);
        _socket.HearAll();
        read = _stream.Read(to);
        if (read == 0) return 0;
        _socket.HearFrom(MoreThanComes);
        return read + _buffer.Take(to[read..]);
    }

    /// <summary>Whoever reads has stopped: the connection is as it was before.</summary>
    public void Leave() => _socket.HearAll();

    /// <summary>Ends a wait in <see cref="Read"/> without asking anybody; the connection is of no more use.</summary>
    public void Break() => _buffer.Socket.Dispose();

    /// <summary>Ends a wait in <see cref="Read"/>, with an error, when the server is told and says so.</summary>
    public Task CancelAsync()
    {
        _cancelled.Set();
        return _stream.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _cancelled.Dispose();
        await _stream.DisposeAsync();
    }
}
