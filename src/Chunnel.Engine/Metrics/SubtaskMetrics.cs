using System.Collections.Concurrent;

namespace Chunnel.Engine;

/// <summary>What one subtask counts: read, written by each of its sinks, committed, left out. An attempt has its own.</summary>
public sealed class SubtaskMetrics(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (Meter Written, Meter Committed)> _sinks = new(StringComparer.Ordinal);

    public Meter Read { get; } = new(clock);

    /// <summary>Rows that transforms dropped or options told to skip.</summary>
    public Meter LeftOut { get; } = new(clock);

    /// <summary>By sink vertex.</summary>
    public IReadOnlyDictionary<string, (Meter Written, Meter Committed)> Sinks => _sinks;

    /// <summary>Asks for the rows that wait between the subtask's loops.</summary>
    public Func<long> Queued { get; set; } = () => 0;

    public (Meter Written, Meter Committed) OfSink(string vertex) => _sinks.GetOrAdd(vertex, static (_, time) => (new Meter(time), new Meter(time)), clock);
}
