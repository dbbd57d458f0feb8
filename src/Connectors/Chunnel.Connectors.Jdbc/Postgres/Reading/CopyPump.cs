using System.Threading.Channels;
using Chunnel.Core;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Reads a COPY on a thread of its own into chunks: nobody else's thread is to wait for a server. Two chunks are on their way at a time, so a slow reader slows the server.
/// </summary>
internal sealed class CopyPump : IAsyncDisposable
{
    private const int Chunks = 3;

    /// <summary>How long a server has that is to break off. One that says nothing is left to itself, and the connection with it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Who waits for a chunk goes on with it on the pump's thread: to wake another costs more than to look through it.</summary>
    private readonly Channel<CopyChunk> _full = Channel.CreateBounded<CopyChunk>(new BoundedChannelOptions(Chunks) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });
    private readonly Channel<CopyChunk> _free = Channel.CreateBounded<CopyChunk>(Chunks);
    private readonly PgCopyOut _copy;
    private readonly TimeProvider _clock;
    private readonly Task _pumping;
    private volatile bool _stopping;

    public CopyPump(PgCopyOut copy, BatchMemory memory, TimeProvider clock)
    {
        (_copy, _clock) = (copy, clock);
        for (var i = 0; i < Chunks; i++) _free.Writer.TryWrite(new CopyChunk(memory.Rent(CopyChunk.Bytes)));
        _pumping = Task.Factory.StartNew(Pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The next chunk if there is one now.</summary>
    public bool TryNext(out CopyChunk? chunk) => _full.Reader.TryRead(out chunk);

    /// <summary>The next chunk; null behind the last. The server's error comes out here.</summary>
    public async ValueTask<CopyChunk?> NextAsync(CancellationToken stop)
    {
        while (await _full.Reader.WaitToReadAsync(stop))
        {
            if (_full.Reader.TryRead(out var chunk)) return chunk;
        }
        return null;
    }

    /// <summary>Gives a chunk back to be filled again.</summary>
    public void Return(CopyChunk chunk)
    {
        chunk.Start = chunk.End = CopyChunk.HeadRoom;
        if (!_free.Writer.TryWrite(chunk)) chunk.Block.Release();
    }

    /// <summary>All rows were read: what follows them is the server's last word, which comes at once. To cancel then could hit the statement after this one.</summary>
    public bool IsThrough { get; set; }

    /// <summary>The server did not break off in time: whoever touches the connection may wait for ever.</summary>
    public bool IsAbandoned { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _free.Writer.TryComplete();
        // A cancel that comes late would hit the next statement: it has its answer before the connection is used again, or the connection is not.
        var ending = Task.WhenAll(_pumping, IsThrough || _pumping.IsCompleted ? Task.CompletedTask : Task.Run(CancelAsync));
        try
        {
            await ending.WaitAsync(Patience, _clock);
        }
        catch (TimeoutException)
        {
            // The driver lets nobody have the connection until its cancel has an answer: the thread ends whenever that is.
            IsAbandoned = true;
            _copy.Break();
            _ = ending.ContinueWith(_ => LetGoAsync(), TaskScheduler.Default);
            return;
        }
        await LetGoAsync();
    }

    private async Task LetGoAsync()
    {
        while (_full.Reader.TryRead(out var chunk)) chunk.Block.Release();
        while (_free.Reader.TryRead(out var chunk)) chunk.Block.Release();
        try
        {
            await _copy.DisposeAsync();
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It ended with the error that NextAsync has told, or with our own cancelling.
        }
    }

    /// <summary>Tells the server, over a connection of its own; the driver waits for its answer and holds up a thread meanwhile.</summary>
    private async Task CancelAsync()
    {
        try
        {
            await _copy.CancelAsync();
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The statement has just ended, or the server is gone: the pump notices either.
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
        _copy.Leave();
        chunk?.Block.Release();
    }

    /// <summary>A free chunk; null when there will be none any more.</summary>
    private CopyChunk? Take()
    {
        while (!_stopping)
        {
            if (_free.Reader.TryRead(out var chunk)) return chunk;
            // Whoever is behind a slow sink has time: a task's own wait would turn first.
            using var coming = _free.Reader.WaitToReadAsync().AsTask();
            if (!coming.IsCompleted) ((IAsyncResult)coming).AsyncWaitHandle.WaitOne();
            if (!coming.Result) return null;
        }
        return null;
    }

    /// <summary>Reads until the chunk is full or nothing more comes for the moment: what is here is not to wait for it. False when the COPY has ended.</summary>
    private bool Fill(CopyChunk chunk)
    {
        var space = chunk.Block.GetSpan();
        while (chunk.End < CopyChunk.FullAt)
        {
            if (chunk.End > chunk.Start && !_copy.Gather()) return true;
            var read = _copy.Read(space[chunk.End..CopyChunk.Bytes]);
            if (read == 0) return false;
            chunk.End += read;
        }
        return true;
    }
}
