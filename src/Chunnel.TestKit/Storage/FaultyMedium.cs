using Chunnel.Engine;

namespace Chunnel.TestKit;

/// <summary>Another medium, seen through a bad connection. It owns that medium.</summary>
public sealed class FaultyMedium(ILogMedium medium, MediumFaults faults, TimeProvider clock) : ILogMedium
{
    private readonly Random _dice = new(faults.Seed);
    private readonly List<Task> _late = [];
    private readonly Lock _lock = new();

    public string Place => medium.Place;

    public async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop)
    {
        await DelayAsync(stop);
        if (Chance(faults.LosesRequest)) throw Lost("request", key);
        if (Chance(faults.DelaysRequest))
        {
            lock (_lock) _late.Add(LateAsync(key, value));
            throw Lost("request", key);
        }
        if (Chance(faults.TearsWrite))
        {
            await medium.PutIfAbsentAsync(key, value[..Roll(value.Length)], stop);
            throw Lost("end of the write", key);
        }
        var outcome = await medium.PutIfAbsentAsync(key, value, stop);
        return Chance(faults.LosesReply) ? throw Lost("reply", key) : outcome;
    }

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken stop)
    {
        await DelayAsync(stop);
        var value = await medium.GetAsync(key, stop);
        return Chance(faults.LosesRequest) || Chance(faults.LosesReply) ? throw NoAnswer(key) : value;
    }

    public async ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop)
    {
        await DelayAsync(stop);
        var keys = await medium.ListAsync(prefix, stop);
        return Chance(faults.LosesRequest) || Chance(faults.LosesReply) ? throw NoAnswer(prefix) : keys;
    }

    public async ValueTask DeleteAsync(string key, CancellationToken stop)
    {
        await DelayAsync(stop);
        if (Chance(faults.LosesRequest)) throw NoAnswer(key);
        await medium.DeleteAsync(key, stop);
        if (Chance(faults.LosesReply)) throw NoAnswer(key);
    }

    /// <summary>Waits for requests that are still on their way.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] late;
        lock (_lock) late = [.. _late];
        await Task.WhenAll(late);
        await medium.DisposeAsync();
    }

    private async Task LateAsync(string key, ReadOnlyMemory<byte> value)
    {
        await DelayAsync(CancellationToken.None);
        await medium.PutIfAbsentAsync(key, value, CancellationToken.None);
    }

    private async ValueTask DelayAsync(CancellationToken stop)
    {
        if (faults.LongestDelay == TimeSpan.Zero) return;
        double share;
        lock (_lock) share = _dice.NextDouble();
        await Task.Delay(faults.LongestDelay * share, clock, stop);
    }

    private bool Chance(double chance)
    {
        if (chance == 0) return false;
        lock (_lock) return _dice.NextDouble() < chance;
    }

    private int Roll(int sides)
    {
        lock (_lock) return _dice.Next(sides);
    }

    private static OutcomeUnknownException Lost(string what, string key) => new($"The {what} of '{key}' was lost.");

    private static StorageException NoAnswer(string key) => new($"No answer about '{key}' came.");
}
