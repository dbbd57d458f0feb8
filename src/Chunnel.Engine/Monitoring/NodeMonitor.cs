using System.Diagnostics;

namespace Chunnel.Engine;

/// <summary>Looks at the process and the machine that a node runs on. Nothing runs between two looks.</summary>
public sealed class NodeMonitor
{
    /// <summary>Shares of the processor over less than this say nothing.</summary>
    private static readonly TimeSpan _fresh = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly GcWatch _collector = new();
    private readonly CpuShares _cpu;
    private DateTimeOffset? _started;
    private NodeFigures? _last;
    private long _lookedAt;

    public NodeMonitor(TimeProvider clock)
    {
        _clock = clock;
        _cpu = new CpuShares(clock);
    }

    /// <summary>The node as it is now. A look right behind another sees the same.</summary>
    public NodeFigures Look()
    {
        lock (_lock)
        {
            if (_last is not null && _clock.GetElapsedTime(_lookedAt) < _fresh) return _last;
            _lookedAt = _clock.GetTimestamp();
            var (process, machine) = _cpu.Next();
            return _last = new NodeFigures
            {
                Machine = MachineFigures.Read(machine),
                Process = ProcessFigures.Read(_started ??= StartTime(), process, _last?.Process.PeakThreads ?? 0),
                Heap = HeapFigures.Read(_collector),
                Pool = ThreadPoolFigures.Read(),
            };
        }
    }

    private static DateTimeOffset StartTime()
    {
        using var self = Process.GetCurrentProcess();
        return self.StartTime;
    }
}
