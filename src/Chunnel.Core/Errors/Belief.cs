using System.Diagnostics.CodeAnalysis;

namespace Chunnel.Core;

/// <summary>Asserts in every build what control code believes.</summary>
public static class Belief
{
    /// <exception cref="BrokenBeliefException">The condition does not hold.</exception>
    public static void Holds([DoesNotReturnIf(false)] bool condition, string because)
    {
        if (!condition) throw new BrokenBeliefException(because);
    }
}

/// <summary>Something we took for certain is not so: a fault of ours.</summary>
public sealed class BrokenBeliefException(string belief) : Exception($"Belief broken: {belief}");
