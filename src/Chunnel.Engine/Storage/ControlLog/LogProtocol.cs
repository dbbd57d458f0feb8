using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// How nodes that share a medium agree on who decides. An epoch is claimed by winning <c>open/e+1</c>, then sealing what the last one holds,
/// reading it, and winning <c>seg/e+1/1</c> with a snapshot of it. Whoever appends to a sealed epoch finds its next place taken, and knows.
/// </summary>
/// <remarks>
/// The steps are apart so that the tests can take each of them away and see that something is lost: see <c>ProtocolMutants</c>.
/// </remarks>
internal partial class LogProtocol(LogStore store, ControlLogSettings settings, TimeProvider clock, ILogger log)
{
    public LogStore Store => store;

    /// <summary>One try to become the master.</summary>
    /// <returns>What was found; null when somebody else is newer, or the listing was old: nothing is claimed then.</returns>
    public async ValueTask<LogOpening?> ClaimAsync(Guid writer, ILogState state, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var newest = await NewestEpochAsync(stop);
        if (!await OpenAsync(newest + 1, writer, stop)) return null;
        var replay = new Replay(state);
        replay.Begin(0);
        for (var epoch = newest; epoch > 0; epoch--)
        {
            if (await SealAsync(epoch, writer, newest + 1, stop) is not { } seal) return null;
            if (!await ReadAsync(epoch, seal, newest + 1, replay, stop)) return null;
            if (EndsTheChain(replay)) break;
        }
        if (!await BeginAsync(newest + 1, writer, state, stop)) return null;
        return new LogOpening
        {
            Epoch = newest + 1,
            ReadEpoch = replay.Epoch,
            Segments = replay.Segments,
            Records = replay.Records,
            Bytes = replay.Bytes,
            Took = clock.GetElapsedTime(began),
            LeftOut = replay.LeftOut,
        };
    }

    /// <summary>The master of an epoch goes on in the next one, which begins with a snapshot of its state.</summary>
    /// <returns>False when somebody else is newer.</returns>
    public async ValueTask<bool> RollAsync(long epoch, long tail, Guid writer, ILogState state, CancellationToken stop)
    {
        if (!await OpenAsync(epoch + 1, writer, stop)) return false;
        var seal = await store.PutAsync(LogKeys.Segment(epoch, tail + 1), Seal(epoch, tail + 1, writer), stop);
        // A seal of another one is a seal all the same; whether the next epoch is still mine shows below.
        if (!seal.IsMine && seal.There?.Kind != SegmentKind.Seal) return false;
        return await BeginAsync(epoch + 1, writer, state, stop);
    }

    protected virtual async ValueTask<long> NewestEpochAsync(CancellationToken stop)
    {
        var opens = await store.ListAsync(LogKeys.Opens, stop);
        return opens.Count == 0 ? 0 : opens.Max(LogKeys.EpochOfOpen);
    }

    protected virtual async ValueTask<bool> OpenAsync(long epoch, Guid writer, CancellationToken stop) =>
        (await store.PutAsync(LogKeys.Open(epoch), new LogSegment(SegmentKind.Open, writer, epoch, 0, []), stop)).IsMine;

    /// <summary>Ends an epoch behind all that is in it.</summary>
    /// <returns>The place of its seal; null when somebody newer cleans up already.</returns>
    protected virtual async ValueTask<long?> SealAsync(long epoch, Guid writer, long claimed, CancellationToken stop)
    {
        var tail = await TailAsync(epoch, stop);
        // A claimant that died on its way has sealed it already. A second seal behind that one would help nobody: the next claimant would
        // find a seal in the middle, and the log could never be claimed again.
        if (tail > 0 && LooksAtTail)
        {
            if (await store.GetAsync(LogKeys.Segment(epoch, tail), stop) is not { } bytes)
            {
                await MustBeNewerAsync(claimed, LogKeys.Segment(epoch, tail), "is listed, but not there", stop);
                return null;
            }
            if (LogSegment.Parse(bytes, epoch, tail, out _) is { Kind: SegmentKind.Seal }) return tail;
        }
        for (var slot = tail + 1; ; slot++)
        {
            var outcome = await store.PutAsync(LogKeys.Segment(epoch, slot), Seal(epoch, slot, writer), stop);
            if (outcome.IsMine || outcome.There?.Kind == SegmentKind.Seal) return slot;
        }
    }

    protected async ValueTask<long> TailAsync(long epoch, CancellationToken stop)
    {
        var keys = await store.ListAsync(LogKeys.Segments(epoch), stop);
        return keys.Count == 0 ? 0 : keys.Max(key => LogKeys.OfSegment(key).Slot);
    }

    /// <summary>False only in a mutant of the tests.</summary>
    protected virtual bool LooksAtTail => true;

    /// <summary>An epoch that holds nothing was claimed by someone who never became the master: what counts is in the one before.</summary>
    protected virtual bool EndsTheChain(Replay replay) => replay.Epoch > 0;

    private static LogSegment Seal(long epoch, long slot, Guid writer) => new(SegmentKind.Seal, writer, epoch, slot, []);

    private async ValueTask<bool> BeginAsync(long epoch, Guid writer, ILogState state, CancellationToken stop) =>
        (await store.PutAsync(LogKeys.Segment(epoch, 1), new LogSegment(SegmentKind.Snapshot, writer, epoch, 1, state.Snapshot()), stop)).IsMine;

    /// <summary>
    /// Something is missing. Epochs are opened one by one, and only the master of a newer one takes something away: with no epoch after the
    /// one that is being claimed, nobody did, and the log is damaged.
    /// </summary>
    private async ValueTask MustBeNewerAsync(long claimed, string key, string what, CancellationToken stop)
    {
        if (await store.GetAsync(LogKeys.Open(claimed + 1), stop) is null) throw Damaged(key, what);
    }

    private CorruptStateException Damaged(string key, string what) => new($"'{key}' of the control log at {store.Medium.Place} {what}.")
    {
        Mend = "Nothing was taken away. Put the segment back from a copy; without one, move the log away: the node starts with no jobs, and each can be started again from its checkpoints.",
    };
}
