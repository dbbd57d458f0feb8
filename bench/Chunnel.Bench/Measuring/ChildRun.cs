namespace Chunnel.Bench;

/// <summary>What one run of a process took.</summary>
/// <param name="WallSeconds">From its start to its end.</param>
/// <param name="CpuSeconds">User and system time of all its threads.</param>
/// <param name="PeakMiB">The largest resident set it had.</param>
/// <param name="Output">What it printed.</param>
internal sealed record ChildRun(double WallSeconds, double CpuSeconds, double PeakMiB, string Output);
