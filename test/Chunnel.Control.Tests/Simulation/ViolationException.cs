namespace Chunnel.Control.Tests.Simulation;

/// <summary>A promise was broken; the message names it as architecture.md section 6 does.</summary>
internal sealed class ViolationException(string invariant, string what) : Exception($"{invariant}: {what}")
{
    public string Invariant { get; } = invariant;
}
