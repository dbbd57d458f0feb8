namespace Chunnel.Control;

/// <summary>Chance that can be repeated: the same state gives the same numbers (SplitMix64).</summary>
internal readonly record struct Dice(ulong State)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>A number from 0 to below <paramref name="sides"/>, and the dice for the next throw.</summary>
    public int Throw(int sides, out Dice next)
    {
        next = new(State + Step);
        var mixed = next.State;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)sides);
    }
}
