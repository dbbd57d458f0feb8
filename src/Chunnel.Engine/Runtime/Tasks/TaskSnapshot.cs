namespace Chunnel.Engine;

/// <summary>What a task acknowledges at a barrier.</summary>
/// <param name="Counters">What it has counted up to the barrier, as <see cref="CounterState"/> packs it; empty for one that counts nothing.</param>
/// <param name="States">Its plug-ins' states.</param>
internal sealed record TaskSnapshot(byte[] Counters, IReadOnlyList<byte[]> States)
{
    public long Bytes => Counters.Length + States.Sum(state => (long)state.Length);
}
