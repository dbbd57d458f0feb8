namespace Chunnel.Engine;

/// <summary>Rows that the steps of one loop refused.</summary>
/// <param name="DeadLettered">Those that were set aside.</param>
/// <param name="Skipped">Those that were left out: they are among the rows left out, too.</param>
public sealed record RefusedMeters(Meter DeadLettered, Meter Skipped)
{
    public RefusedMeters(TimeProvider clock)
        : this(new Meter(clock), new Meter(clock))
    {
    }
}
