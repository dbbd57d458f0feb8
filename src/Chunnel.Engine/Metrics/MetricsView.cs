namespace Chunnel.Engine;

/// <summary>A job's counters at one moment.</summary>
public sealed record MetricsView
{
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
    };

    /// <summary>The same with nothing in between: what stays after the end.</summary>
    public MetricsView Frozen() => this with { QueuedRows = 0 };
}
