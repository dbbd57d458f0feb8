namespace Chunnel.Control.Tests.Simulation;

/// <summary>A run that broke a promise, with the way to see it again.</summary>
internal sealed class SimulationException(int seed, Exception violation, IReadOnlyList<string>? trace) : Exception(violation.Message, violation)
{
    public string Invariant => (InnerException as ViolationException)?.Invariant ?? "belief";

    /// <summary>The whole run, if it was kept.</summary>
    public IReadOnlyList<string> Trace { get; } = trace ?? [];

    public override string Message =>
        $"Seed {seed} broke {InnerException!.Message}\nSee it again with CHUNNEL_SEED={seed}.\n{string.Join('\n', Trace.TakeLast(80))}";
}
