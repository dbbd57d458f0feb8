using System.Collections.Concurrent;

namespace Chunnel.Engine;

/// <summary>What one subtask counts: read, written by each of its sinks, committed, left out. An attempt has its own.</summary>
public sealed class SubtaskMetrics(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SinkMeters> _sinks = new(StringComparer.Ordinal);

    public Meter Read { get; } = new(clock);

    /// <summary>Rows that transforms of the source's loop dropped or options told to skip.</summary>
    public Meter LeftOutByReader { get; } = new(clock);

    /// <summary>Rows that the source, or transforms of its loop, refused.</summary>
    public RefusedMeters RefusedByReader { get; } = new(clock);

    /// <summary>What the sink of dead letters counts: its rows are none of the job's.</summary>
    public SinkMeters Letters { get; } = new(clock);

    /// <summary>All meters of rows that were refused.</summary>
    public IEnumerable<RefusedMeters> Refused => _sinks.Values.Select(sink => sink.Refused).Prepend(RefusedByReader);

    /// <summary>All meters of rows that were left out.</summary>
    public IEnumerable<Meter> LeftOut => _sinks.Values.Select(sink => sink.LeftOut).Prepend(LeftOutByReader);

    /// <summary>By sink vertex.</summary>
    public IReadOnlyDictionary<string, SinkMeters> Sinks => _sinks;

    /// <summary>Asks for the rows that wait between the subtask's loops.</summary>
    public Func<long> Queued { get; set; } = () => 0;

    public SinkMeters OfSink(string vertex) => _sinks.GetOrAdd(vertex, static (_, time) => new SinkMeters(time), clock);
}
