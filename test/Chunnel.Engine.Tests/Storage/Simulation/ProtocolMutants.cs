using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>The protocol with one of its steps taken away. Each must be caught.</summary>
internal static class ProtocolMutants
{
    public static LogProtocol Make(string name, LogStore store, ControlLogSettings settings) => name switch
    {
        "" => new LogProtocol(store, settings, TimeProvider.System, NullLogger.Instance),
        nameof(NoSeal) => new NoSeal(store, settings),
        nameof(NoChain) => new NoChain(store, settings),
        nameof(NoOpen) => new NoOpen(store, settings),
        nameof(CleansSeals) => new CleansSeals(store, settings),
        nameof(CleansItsOwn) => new CleansItsOwn(store, settings),
        nameof(TailBlind) => new TailBlind(store, settings),
        _ => throw new ArgumentException($"There is no mutant {name}.", nameof(name)),
    };

    private class Mutant(LogStore store, ControlLogSettings settings) : LogProtocol(store, settings, TimeProvider.System, NullLogger.Instance);

    /// <summary>Reads the last epoch without ending it.</summary>
    private sealed class NoSeal(LogStore store, ControlLogSettings settings) : Mutant(store, settings)
    {
        protected override async ValueTask<long?> SealAsync(long epoch, Guid writer, long claimed, CancellationToken stop)
        {
            var tail = await TailAsync(epoch, stop);
            var last = tail == 0 ? null : await Store.GetAsync(LogKeys.Segment(epoch, tail), stop);
            return last is not null && LogSegment.Parse(last, epoch, tail, out _) is { Kind: SegmentKind.Seal } ? tail : tail + 1;
        }
    }

    /// <summary>Takes an epoch that holds nothing for all there is.</summary>
    private sealed class NoChain(LogStore store, ControlLogSettings settings) : Mutant(store, settings)
    {
        protected override bool EndsTheChain(Replay replay) => true;
    }

    /// <summary>Does not ask for the epoch before it begins.</summary>
    private sealed class NoOpen(LogStore store, ControlLogSettings settings) : Mutant(store, settings)
    {
        protected override async ValueTask<long> NewestEpochAsync(CancellationToken stop)
        {
            var segments = await Store.ListAsync(LogKeys.AllSegments, stop);
            return segments.Count == 0 ? 0 : segments.Max(key => LogKeys.OfSegment(key).Epoch);
        }

        protected override ValueTask<bool> OpenAsync(long epoch, Guid writer, CancellationToken stop) => new(true);
    }

    /// <summary>Cleans everything away, seals as well.</summary>
    private sealed class CleansSeals(LogStore store, ControlLogSettings settings) : Mutant(store, settings)
    {
        protected override bool IsClean(IReadOnlyList<long> slots) => false;

        protected override bool Stays(long slot, long seal) => false;
    }

    /// <summary>Cleans the epoch that it writes itself.</summary>
    private sealed class CleansItsOwn(LogStore store, ControlLogSettings settings) : Mutant(store, settings)
    {
        protected override long OldestKept(long epoch) => epoch + 1;

        protected override ValueTask<long?> FindSealAsync(long epoch, IReadOnlyList<long> slots, CancellationToken stop) => new(slots[^1]);
    }

    /// <summary>Seals behind a seal, because it does not look at what it finds there.</summary>
    private sealed class TailBlind(LogStore store, ControlLogSettings settings) : Mutant(store, settings)
    {
        protected override bool LooksAtTail => false;
    }
}
