namespace Chunnel.Control.Tests.Simulation;

/// <summary>What a run leaves: a number that stands for its whole course, how many decisions it took, how its jobs ended.</summary>
internal sealed record SimulationResult(ulong Fingerprint, int Decisions, IReadOnlyList<JobStatus> Endings, IReadOnlyList<string> Trace);
