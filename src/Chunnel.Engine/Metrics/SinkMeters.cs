namespace Chunnel.Engine;

/// <summary>What one sink of one subtask counts.</summary>
/// <param name="Written">Rows given to its writers.</param>
/// <param name="Committed">Those of them whose checkpoint is complete.</param>
/// <param name="LeftOut">Rows that the transforms on its way dropped.</param>
/// <param name="Refused">Rows that those transforms, or the sink, refused.</param>
public sealed record SinkMeters(Meter Written, Meter Committed, Meter LeftOut, RefusedMeters Refused)
{
    public SinkMeters(TimeProvider clock)
        : this(new Meter(clock), new Meter(clock), new Meter(clock), new RefusedMeters(clock))
    {
    }
}
