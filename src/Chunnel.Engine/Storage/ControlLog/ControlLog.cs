using System.Threading.Channels;
using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// The log of every decision that must survive. Whoever opens it is the master until somebody else opens it: from then on no append of the
/// first one succeeds. An append that succeeded is on the disk, and in the state that everyone after reads.
/// </summary>
public sealed partial class ControlLog : IAsyncDisposable
{
    private readonly LogProtocol _protocol;
    private readonly ILogState _state;
    private readonly ControlLogSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Guid _writer;
    private readonly Channel<Entry> _waiting;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<ChunnelException> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _committing;
    private Task _cleaning = Task.CompletedTask;
    private bool _isClosing;

    private ControlLog(LogProtocol protocol, ILogState state, ControlLogSettings settings, TimeProvider clock, ILogger log, Guid writer, LogOpening opening)
    {
        (_protocol, _state, _settings, _clock, _log, _writer, Opening) = (protocol, state, settings, clock, log, writer, opening);
        _waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(settings.MostWaiting) { SingleReader = true });
        (_epoch, _tail, _begun, _committed) = (opening.Epoch, 1, clock.GetTimestamp(), clock.GetTimestamp() - clock.TimestampFrequency * 3_600);
        CleanBehind();
        _committing = RunAsync();
    }

    /// <summary>What the opening found.</summary>
    public LogOpening Opening { get; }

    /// <summary>The epoch that this log writes now; it rises when the log rolls.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Set while storage does not answer: appends wait.</summary>
    public LogTrouble? Trouble => _protocol.Store.Trouble;

    /// <summary>Completes, with the reason, when nothing can be appended any more. Whoever acted as the master stops then.</summary>
    public Task<ChunnelException> Ended => _ended.Task;

    /// <summary>Claims the log, replays what is in it into the state, and begins an epoch of its own.</summary>
    /// <param name="medium">Where the log lies; it stays the caller's.</param>
    /// <param name="state">Takes the records, now and as they are appended.</param>
    /// <param name="settings">How it behaves.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">What it has to say.</param>
    /// <param name="stop">Ends the opening.</param>
    /// <exception cref="FencedException">Others were opening it at the same time, and one of them was faster.</exception>
    /// <exception cref="CorruptStateException">The log is damaged.</exception>
    /// <exception cref="StorageException">Storage was out of reach for too long.</exception>
    public static Task<ControlLog> OpenAsync(
        ILogMedium medium, ILogState state, ControlLogSettings settings, TimeProvider clock, ILogger log, CancellationToken stop)
    {
        var protocol = new LogProtocol(new LogStore(medium, settings, clock, log), settings, clock, log);
        return OpenAsync(protocol, state, settings, clock, log, stop);
    }

    internal static async Task<ControlLog> OpenAsync(
        LogProtocol protocol, ILogState state, ControlLogSettings settings, TimeProvider clock, ILogger log, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(settings.OpenPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            for (var tries = 0; tries < settings.ClaimTries; tries++)
            {
                // A new id for every try: what an earlier one left behind is not mine any more.
                var writer = Guid.NewGuid();
                if (await protocol.ClaimAsync(writer, state, either.Token) is not { } opening) continue;
                log.LogOpened(protocol.Store.Medium.Place, opening.Epoch, opening.Records, opening.Segments, opening.Took.TotalMilliseconds);
                return new ControlLog(protocol, state, settings, clock, log, writer, opening);
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new StorageException($"The control log at {protocol.Store.Medium.Place} could not be opened in {settings.OpenPatience.TotalSeconds:0} s. {protocol.Store.Trouble?.Reason}")
            {
                Mend = "Look whether its place can be reached and written.",
            };
        }
        throw new FencedException($"Another node has opened the control log at {protocol.Store.Medium.Place} at the same time.") { Mend = "Join that one, or open it again." };
    }

    /// <summary>Appends a record; when it returns, the record is durable and applied to the state.</summary>
    /// <inheritdoc cref="AppendAsync(IReadOnlyList{LogRecord}, CancellationToken)"/>
    public ValueTask AppendAsync(LogRecord record, CancellationToken stop) => AppendAsync([record], stop);

    /// <summary>Appends records, all of them or none; when it returns, they are durable and applied to the state.</summary>
    /// <param name="records">In the order in which they are applied.</param>
    /// <param name="stop">Ends the waiting. The records may become durable all the same.</param>
    /// <exception cref="FencedException">Somebody else has opened the log; the records are not in it.</exception>
    /// <exception cref="LogClosedException">The log was closed; the records are not in it.</exception>
    /// <exception cref="OutcomeUnknownException">The log was closed while storage did not answer: the records are in it, or not.</exception>
    public async ValueTask AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken stop)
    {
        var entry = new Entry(records);
        if (entry.Bytes > _settings.MostBytes) throw new ArgumentException($"The records have {entry.Bytes} bytes; the most is {_settings.MostBytes}.", nameof(records));
        if (records.Any(record => record.Kind is < 0 or > ushort.MaxValue)) throw new ArgumentException("The kind of a record lies between 0 and 65,535.", nameof(records));
        await BringAsync(entry, stop);
    }

    /// <summary>Goes on in a new epoch that begins with a snapshot, as it does by itself after so many bytes, commits or days.</summary>
    /// <inheritdoc cref="AppendAsync(IReadOnlyList{LogRecord}, CancellationToken)" path="/exception"/>
    public async ValueTask RollAsync(CancellationToken stop) => await BringAsync(new Entry(null), stop);

    /// <summary>Takes nothing more, finishes what was brought while storage answers, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (Interlocked.Exchange(ref _isClosing, true)) return;
        using (var impatient = _clock.CreateTimer(_ => _stopping.Cancel(), null, _settings.ClosePatience, Timeout.InfiniteTimeSpan))
        {
            await _committing;
        }
        _stopping.Cancel();
        await _cleaning;
        _stopping.Dispose();
    }

    private async Task BringAsync(Entry entry, CancellationToken stop)
    {
        try
        {
            await _waiting.Writer.WriteAsync(entry, stop);
        }
        catch (ChannelClosedException)
        {
            throw _ended.Task.IsCompleted ? _ended.Task.Result : new LogClosedException(_protocol.Store.Medium.Place);
        }
        await entry.Done.WaitAsync(stop);
    }

    /// <summary>What waits to be written: records, or with none of them the wish to roll.</summary>
    private sealed class Entry(IReadOnlyList<LogRecord>? records)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<LogRecord>? Records => records;

        public long Bytes { get; } = records?.Sum(LogSegment.BytesOf) ?? 0;

        public Task Done => _done.Task;

        public void Complete() => _done.TrySetResult();

        public void Fail(ChunnelException why) => _done.TrySetException(why);
    }
}
