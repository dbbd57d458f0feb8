namespace Chunnel.Engine;

/// <summary>How busy the process and the machine were between two looks.</summary>
internal sealed class CpuShares(TimeProvider clock)
{
    private long _at = clock.GetTimestamp();
    private TimeSpan _process = Environment.CpuUsage.TotalTime;
    private (long Busy, long All)? _machine = ProcFile.MachineTicks();

    /// <summary>Both from 0 to 1, of all processors, since the call before.</summary>
    public (double Process, double Machine) Next()
    {
        var (now, process, machine) = (clock.GetTimestamp(), Environment.CpuUsage.TotalTime, ProcFile.MachineTicks());
        var elapsed = clock.GetElapsedTime(_at, now) * Environment.ProcessorCount;
        var ofProcess = elapsed > TimeSpan.Zero ? (process - _process) / elapsed : 0;
        var ofMachine = machine is { } after && _machine is { } before && after.All > before.All ? (double)(after.Busy - before.Busy) / (after.All - before.All) : ofProcess;
        (_at, _process, _machine) = (now, process, machine);
        return (Math.Clamp(ofProcess, 0, 1), Math.Clamp(ofMachine, 0, 1));
    }
}
