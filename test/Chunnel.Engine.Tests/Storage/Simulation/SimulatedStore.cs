using System.Runtime.CompilerServices;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>
/// What all nodes of a schedule share: objects, requests and replies on their way, timers. Which of them moves next is chance with a seed:
/// requests are delayed, repeated and lost, so are replies, and listings may be of any age.
/// </summary>
internal sealed class SimulatedStore(int seed)
{
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly List<string[]> _listings = [[]];
    private readonly List<Moving> _moving = [];

    public Random Dice { get; } = new(seed);

    public double LosesRequest { get; set; }

    public double LosesReply { get; set; }

    public double Repeats { get; set; }

    public bool ListsOldOnes { get; set; }

    /// <summary>How much is on its way.</summary>
    public int Count => _moving.Count;

    /// <summary>A number that is another one where anything moved otherwise.</summary>
    public int Trace { get; private set; }

    public void Send(Moving moving) => _moving.Add(moving);

    /// <summary>Lets one thing move, whichever.</summary>
    /// <returns>Whose it is; null when it is nobody's any more.</returns>
    public SimulatedNode? MoveOne()
    {
        var index = Dice.Next(_moving.Count);
        var moving = _moving[index];
        _moving[index] = _moving[^1];
        _moving.RemoveAt(_moving.Count - 1);
        Trace = unchecked((Trace * 31) + (index * 7) + (moving.Node?.Number ?? 0));
        moving.Arrive(this);
        return moving.Node;
    }

    /// <summary>What is still on its way to the store arrives, in any order; all else is forgotten, and nothing goes wrong from now on.</summary>
    public void Calm()
    {
        (LosesRequest, LosesReply, Repeats, ListsOldOnes) = (0, 0, 0, false);
        foreach (var late in _moving.OfType<Moving.Copy>().OrderBy(_ => Dice.Next())) late.Arrive(this);
        _moving.Clear();
    }

    public PutOutcome Put(string key, byte[] value)
    {
        if (!_objects.TryAdd(key, value)) return PutOutcome.Taken;
        _listings.Add([.. _objects.Keys]);
        return PutOutcome.Won;
    }

    public byte[]? Get(string key) => _objects.GetValueOrDefault(key);

    public void Delete(string key)
    {
        if (_objects.Remove(key)) _listings.Add([.. _objects.Keys]);
    }

    public string[] List(string prefix)
    {
        var listing = ListsOldOnes && Dice.NextDouble() < 0.5 ? _listings[Dice.Next(_listings.Count)] : _listings[^1];
        return [.. listing.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))];
    }

    public bool Chance(double chance) => chance > 0 && Dice.NextDouble() < chance;

    /// <summary>Something on its way.</summary>
    internal abstract class Moving(SimulatedNode? node)
    {
        public SimulatedNode? Node => node;

        public abstract void Arrive(SimulatedStore store);

        /// <summary>A request of a node; its answer is on its way afterwards.</summary>
        public sealed class Request<TAnswer>(SimulatedNode node, Func<SimulatedStore, TAnswer> ask, string? putKey, byte[]? putValue) : Moving(node)
        {
            private readonly TaskCompletionSource<TAnswer> _answered = new();

            public Task<TAnswer> Answered => _answered.Task;

            public override void Arrive(SimulatedStore store)
            {
                if (putKey is not null && store.Chance(store.Repeats)) store.Send(new Copy(putKey, putValue!));
                if (store.Chance(store.LosesRequest))
                {
                    // Whoever asked gives up waiting; the request may arrive at any time later.
                    if (putKey is not null) store.Send(new Copy(putKey, putValue!));
                    store.Send(new Reply(Node!, Lose));
                    return;
                }
                var answer = ask(store);
                store.Send(new Reply(Node!, store.Chance(store.LosesReply) ? Lose : () => _answered.SetResult(answer)));
            }

            private void Lose() => _answered.SetException(putKey is null ? new StorageException("No answer came.") : new OutcomeUnknownException("No answer came."));
        }

        /// <summary>A put that the network, or a library, makes again.</summary>
        public sealed class Copy(string key, byte[] value) : Moving(null)
        {
            public override void Arrive(SimulatedStore store) => store.Put(key, value);
        }

        /// <summary>An answer, or a timer.</summary>
        public sealed class Reply(SimulatedNode node, Action arrive) : Moving(node)
        {
            public override void Arrive(SimulatedStore store)
            {
                if (Node!.IsAlive) arrive();
            }
        }
    }
}

/// <summary>One node's way to the store.</summary>
internal sealed class SimulatedMedium(SimulatedStore store, SimulatedNode node) : ILogMedium
{
    public string Place => "simulated";

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop)
    {
        var bytes = value.ToArray();
        return Ask(here => here.Put(key, bytes), key, bytes);
    }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken stop) => Ask(here => here.Get(key));

    public ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop) => Ask<IReadOnlyList<string>>(here => here.List(prefix));

    public async ValueTask DeleteAsync(string key, CancellationToken stop) => await Ask(here =>
    {
        here.Delete(key);
        return true;
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask<TAnswer> Ask<TAnswer>(Func<SimulatedStore, TAnswer> ask, string? putKey = null, byte[]? putValue = null)
    {
        var request = new SimulatedStore.Moving.Request<TAnswer>(node, ask, putKey, putValue);
        store.Send(request);
        return new ValueTask<TAnswer>(request.Answered);
    }
}

/// <summary>A node's clock: a timer is one more thing on its way.</summary>
internal sealed class SimulatedClock(SimulatedStore store, SimulatedNode node) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(store, node, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public override long GetTimestamp() => 0;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

    private sealed class Timer(SimulatedStore store, SimulatedNode node, TimerCallback callback, object? state) : ITimer
    {
        private readonly StrongBox<bool> _isOff = new();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            store.Send(new SimulatedStore.Moving.Reply(node, () =>
            {
                if (!_isOff.Value) callback(state);
            }));
            return true;
        }

        public void Dispose() => _isOff.Value = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
