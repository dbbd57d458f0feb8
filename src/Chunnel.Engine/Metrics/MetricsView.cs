namespace Chunnel.Engine;

/// <summary>A job's counters at one moment.</summary>
public sealed record MetricsView
{
    internal static readonly IReadOnlyDictionary<string, long> NoCounts = new Dictionary<string, long>();

    public static readonly MetricsView Nothing = new() { Read = FlowView.Nothing, Written = FlowView.Nothing, Committed = FlowView.Nothing, LeftOut = FlowView.Nothing };

    public required FlowView Read { get; init; }

    public required FlowView Written { get; init; }

    public required FlowView Committed { get; init; }

    public required FlowView LeftOut { get; init; }

    /// <summary>Rows that a step refused and that are set aside.</summary>
    public FlowView DeadLettered { get; init; } = FlowView.Nothing;

    /// <summary>Rows that a step refused and that are left out: a part of <see cref="LeftOut"/>.</summary>
    public FlowView Skipped { get; init; } = FlowView.Nothing;

    /// <summary>Rows between the loops: IntermediateQueueSize.</summary>
    public long QueuedRows { get; init; }

    /// <summary>What transforms count under names of their own: calls of a model, the tokens they cost.</summary>
    public IReadOnlyDictionary<string, long> Counts { get => field ?? NoCounts; init; }

    /// <summary>Adds what two parts of a job have counted.</summary>
    public MetricsView And(MetricsView other) => new()
    {
        Read = Read.And(other.Read),
        Written = Written.And(other.Written),
        Committed = Committed.And(other.Committed),
        LeftOut = LeftOut.And(other.LeftOut),
        DeadLettered = DeadLettered.And(other.DeadLettered),
        Skipped = Skipped.And(other.Skipped),
        QueuedRows = QueuedRows + other.QueuedRows,
        Counts = other.Counts.Count == 0 ? Counts : Sum(Counts, other.Counts),
    };

    /// <summary>The same with nothing in between: what stays after the end.</summary>
    public MetricsView Frozen() => this with { QueuedRows = 0 };

    private static SortedDictionary<string, long> Sum(IReadOnlyDictionary<string, long> one, IReadOnlyDictionary<string, long> other)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in one.Concat(other)) sums[name] = sums.GetValueOrDefault(name) + count;
        return sums;
    }
}
