using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// A medium whose failures are waited out: what is asked is tried until there is an answer, and a write whose fate is unknown is looked for.
/// </summary>
internal sealed class LogStore(ILogMedium medium, ControlLogSettings settings, TimeProvider clock, ILogger log)
{
    private LogTrouble? _trouble;

    public ILogMedium Medium => medium;

    /// <summary>Why nothing moves at the moment; null when all is well.</summary>
    public LogTrouble? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Writes a segment into its place unless something stands there.</summary>
    public async ValueTask<SlotOutcome> PutAsync(string key, LogSegment segment, CancellationToken stop)
    {
        var bytes = segment.ToBytes();
        for (var failures = 0; ; failures++)
        {
            PutOutcome? outcome = null;
            try
            {
                outcome = await medium.PutIfAbsentAsync(key, bytes, stop);
            }
            catch (StorageException fault)
            {
                await WaitOutAsync(fault, failures, stop);
            }
            if (outcome == PutOutcome.Won)
            {
                Recover();
                return SlotOutcome.Mine;
            }
            var there = await LookAsync(key, stop);
            if (there is not null)
            {
                Recover();
                var other = LogSegment.Parse(there, segment.Epoch, segment.Slot, out _);
                return other?.Writer == segment.Writer ? SlotOutcome.Mine : new SlotOutcome(IsMine: false, other);
            }
            // It was taken and is gone: cleaned away, by someone newer.
            if (outcome == PutOutcome.Taken) return new SlotOutcome(IsMine: false, There: null);
        }
    }

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken stop)
    {
        var value = await LookAsync(key, stop);
        Recover();
        return value;
    }

    public async ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop)
    {
        var keys = await UntilAnsweredAsync(() => medium.ListAsync(prefix, stop), stop);
        Recover();
        return keys;
    }

    private ValueTask<byte[]?> LookAsync(string key, CancellationToken stop) => UntilAnsweredAsync(() => medium.GetAsync(key, stop), stop);

    private async ValueTask<TAnswer> UntilAnsweredAsync<TAnswer>(Func<ValueTask<TAnswer>> ask, CancellationToken stop)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await ask();
            }
            catch (StorageException fault)
            {
                await WaitOutAsync(fault, failures, stop);
            }
        }
    }

    private Task WaitOutAsync(StorageException fault, int failures, CancellationToken stop)
    {
        if (Trouble is null) log.StorageOutOfReach(medium.Place, fault.Message);
        Volatile.Write(ref _trouble, new LogTrouble(Trouble?.Since ?? clock.GetUtcNow(), fault.Message));
        var pause = settings.FirstPause * Math.Pow(2, Math.Min(failures, 30));
        return Task.Delay(pause < settings.LongestPause ? pause : settings.LongestPause, clock, stop);
    }

    private void Recover()
    {
        if (Trouble is not { } trouble) return;
        Volatile.Write(ref _trouble, null);
        log.StorageBack(medium.Place, (clock.GetUtcNow() - trouble.Since).TotalSeconds);
    }
}

/// <summary>Who has a place of the log.</summary>
/// <param name="IsMine">The segment that was to be written stands there, by this try or an earlier one.</param>
/// <param name="There">Else what stands there; null when it cannot be read, or is gone again.</param>
internal readonly record struct SlotOutcome(bool IsMine, LogSegment? There)
{
    public static SlotOutcome Mine => new(IsMine: true, There: null);
}
