namespace Chunnel.Control;

/// <summary>The whole queue in numbers.</summary>
/// <param name="Size">Jobs in it.</param>
/// <param name="Strategy">What becomes of a job that does not get its slots at once.</param>
/// <param name="Oldest">When the job that waits longest came; null when nobody waits.</param>
/// <param name="Newest">When the last one came.</param>
public sealed record QueueFigures(int Size, ScheduleStrategy Strategy, Instant? Oldest, Instant? Newest)
{
    public static QueueFigures Of(SlotState slots)
    {
        var times = slots.Queue.Values.Select(waiting => waiting.EnqueuedAt).ToList();
        return times.Count == 0 ? new(0, slots.Policy.Schedule, null, null) : new(times.Count, slots.Policy.Schedule, times.Min(), times.Max());
    }
}
