using System.Threading.Channels;
using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Reads a COPY on a thread of its own into chunks: the driver's stream gives one row a call and is quickest when read synchronously, and
/// nobody else's thread is to wait for a server. Two chunks are on their way at a time, so a slow reader slows the server.
/// </summary>
internal sealed class CopyPump : IAsyncDisposable
{
    private const int Chunks = 3;

    /// <summary>A chunk that someone waits for is handed over after so long, though it is not full.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly Channel<CopyChunk> _full = Channel.CreateBounded<CopyChunk>(Chunks);
    private readonly Channel<CopyChunk> _free = Channel.CreateBounded<CopyChunk>(Chunks);
    private readonly NpgsqlRawCopyStream _copy;
    private readonly TimeProvider _clock;
    private readonly Task _pumping;
    private volatile bool _wanted;
    private volatile bool _stopping;

    public CopyPump(NpgsqlRawCopyStream copy, BatchMemory memory, TimeProvider clock)
    {
        _copy = copy;
        _clock = clock;
        for (var i = 0; i < Chunks; i++) _free.Writer.TryWrite(new CopyChunk(memory.Rent(CopyChunk.Bytes)));
        _pumping = Task.Factory.StartNew(Pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The next chunk if there is one now.</summary>
    public bool TryNext(out CopyChunk? chunk) => _full.Reader.TryRead(out chunk);

    /// <summary>The next chunk; null behind the last. The server's error comes out here.</summary>
    public async ValueTask<CopyChunk?> NextAsync(CancellationToken stop)
    {
        if (_full.Reader.TryRead(out var chunk)) return chunk;
        _wanted = true;
        try
        {
            while (await _full.Reader.WaitToReadAsync(stop))
            {
                if (_full.Reader.TryRead(out chunk)) return chunk;
            }
            return null;
        }
        finally
        {
            _wanted = false;
        }
    }

    /// <summary>Gives a chunk back to be filled again.</summary>
    public void Return(CopyChunk chunk)
    {
        chunk.Start = chunk.End = CopyChunk.HeadRoom;
        if (!_free.Writer.TryWrite(chunk)) chunk.Block.Release();
    }

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _free.Writer.TryComplete();
        if (!_pumping.IsCompleted)
        {
            // The server is told over a connection of its own; what it still sends is read away.
            try
            {
                await _copy.CancelAsync();
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The statement has just ended, or the server is gone: the pump notices either.
            }
        }
        await _pumping;
        while (_full.Reader.TryRead(out var chunk)) chunk.Block.Release();
        while (_free.Reader.TryRead(out var chunk)) chunk.Block.Release();
        try
        {
            await _copy.DisposeAsync();
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or OperationCanceledException)
        {
            // It ended with the error that NextAsync has told, or with our own cancelling.
        }
    }

    private void Pump()
    {
        CopyChunk? chunk = null;
        try
        {
            while (Take() is { } next)
            {
                chunk = next;
                if (!Fill(chunk)) break;
                if (!_full.Writer.TryWrite(chunk)) break;
                chunk = null;
            }
            if (chunk is { } last && last.End > last.Start && _full.Writer.TryWrite(last)) chunk = null;
            _full.Writer.TryComplete();
        }
        catch (Exception fault)
        {
            _full.Writer.TryComplete(_stopping ? null : fault);
        }
        chunk?.Block.Release();
    }

    /// <summary>A free chunk; null when there will be none any more.</summary>
    private CopyChunk? Take()
    {
        if (_stopping) return null;
        if (_free.Reader.TryRead(out var chunk)) return chunk;
        return _free.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult() && _free.Reader.TryRead(out chunk) && !_stopping ? chunk : null;
    }

    /// <summary>Reads until the chunk is full or wanted; false when the COPY has ended.</summary>
    private bool Fill(CopyChunk chunk)
    {
        var space = chunk.Block.GetSpan();
        var wantedSince = 0L;
        while (chunk.End < CopyChunk.Bytes)
        {
            var read = _copy.Read(space[chunk.End..CopyChunk.Bytes]);
            if (read == 0) return false;
            chunk.End += read;
            if (!_wanted) continue;
            if (wantedSince == 0) wantedSince = _clock.GetTimestamp();
            else if (_clock.GetElapsedTime(wantedSince) > Patience) return true;
        }
        return true;
    }
}
