using System.Collections.Concurrent;

namespace Chunnel.Transforms.Providers;

/// <summary>
/// Holds the requests to one address with one key to so many, and so many tokens, a minute. Requests are spread evenly: each pays for the
/// wait before the next. A process has one for each address, key and limits, whoever asks; it goes when the last of them does.
/// </summary>
internal sealed class ModelPace(int? requestsPerMinute, int? tokensPerMinute, TimeProvider clock)
{
    private static readonly ConcurrentDictionary<Key, WeakReference<ModelPace>> _all = new();

    private readonly Lock _lock = new();
    private readonly long _began = clock.GetTimestamp();
    private TimeSpan _freeAt;

    public static ModelPace Of(Uri address, string key, ModelCalls calls, TimeProvider clock)
    {
        var name = new Key(address.GetLeftPart(UriPartial.Path), key, calls.RequestsPerMinute, calls.TokensPerMinute, clock);
        while (true)
        {
            if (_all.TryGetValue(name, out var known))
            {
                if (known.TryGetTarget(out var pace)) return pace;
                _all.TryRemove(new KeyValuePair<Key, WeakReference<ModelPace>>(name, known));
            }
            var made = new ModelPace(calls.RequestsPerMinute, calls.TokensPerMinute, clock);
            foreach (var (other, reference) in _all)
            {
                if (!reference.TryGetTarget(out _)) _all.TryRemove(new KeyValuePair<Key, WeakReference<ModelPace>>(other, reference));
            }
            if (_all.TryAdd(name, new WeakReference<ModelPace>(made))) return made;
        }
    }

    /// <summary>Waits until a request of so many tokens may go.</summary>
    public async ValueTask WaitAsync(long tokens, CancellationToken stop)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = Now;
            var start = _freeAt > now ? _freeAt : now;
            _freeAt = start + Cost(1, tokens);
            wait = start - now;
        }
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, stop);
    }

    /// <summary>The answer tells how many tokens it really was.</summary>
    public void Correct(long tokens, long really)
    {
        lock (_lock) _freeAt += Cost(0, really - tokens);
    }

    /// <summary>The provider wants to be left alone for a while, by all.</summary>
    public void HoldBack(TimeSpan time)
    {
        lock (_lock)
        {
            var until = Now + time;
            if (_freeAt < until) _freeAt = until;
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_began);

    private TimeSpan Cost(int requests, long tokens)
    {
        var minutes = requests / (double)(requestsPerMinute ?? int.MaxValue);
        if (tokensPerMinute is { } limit) minutes = requests == 0 ? tokens / (double)limit : Math.Max(minutes, tokens / (double)limit);
        return TimeSpan.FromMinutes(requestsPerMinute is null && tokensPerMinute is null ? 0 : minutes);
    }

    private sealed record Key(string Address, string ApiKey, int? Requests, int? Tokens, TimeProvider Clock);
}
