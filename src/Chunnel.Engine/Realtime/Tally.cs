namespace Chunnel.Engine;

/// <summary>A number that only grows; several loops add to it.</summary>
internal sealed class Tally
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long amount) => Interlocked.Add(ref _value, amount);
}
