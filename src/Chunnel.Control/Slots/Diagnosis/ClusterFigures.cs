namespace Chunnel.Control;

/// <summary>The workers in numbers, by address.</summary>
public sealed record ClusterFigures(IReadOnlyList<WorkerFigures> Workers)
{
    public int Total => Workers.Sum(worker => worker.Total);

    public int Free => Workers.Sum(worker => worker.Free);

    public int Assigned => Total - Free;

    /// <param name="slots">All slots.</param>
    /// <param name="tagFilter">Only workers that carry these tags count.</param>
    public static ClusterFigures Of(SlotState slots, IReadOnlyDictionary<string, string> tagFilter) => new([.. slots.WorkersFor(tagFilter).Select(WorkerFigures.Of)]);
}
