using System.Diagnostics;

namespace Chunnel.Bench;

/// <summary>What came through, and what was spent once the first rows had: by then pools are full and loops compiled.</summary>
/// <param name="steadyFrom">Rows read after which the steady state is taken to have begun.</param>
internal sealed class DiscardTally(long steadyFrom)
{
    private long _beganAtRow;
    private long _readRows;
    private long _began;
    private TimeSpan _cpu;
    private long _allocated;

    /// <summary>Rows that reached the sink.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows read in the steady state.</summary>
    public long SteadyRows { get; private set; }

    public double SteadySeconds { get; private set; }

    public double SteadyCpuSeconds { get; private set; }

    /// <summary>Bytes that anything in the process allocated in the steady state.</summary>
    public long SteadyAllocatedBytes { get; private set; }

    public void Add(int rows, long readRows)
    {
        Rows += rows;
        _readRows = readRows;
        if (_beganAtRow > 0 || readRows < steadyFrom) return;
        _beganAtRow = readRows;
        _allocated = GC.GetTotalAllocatedBytes(precise: true);
        _cpu = Environment.CpuUsage.TotalTime;
        _began = Stopwatch.GetTimestamp();
    }

    public void End()
    {
        SteadySeconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        SteadyCpuSeconds = (Environment.CpuUsage.TotalTime - _cpu).TotalSeconds;
        SteadyAllocatedBytes = GC.GetTotalAllocatedBytes(precise: true) - _allocated;
        SteadyRows = _readRows - _beganAtRow;
    }
}
