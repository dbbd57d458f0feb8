using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>One worker in numbers. A worker that makes slots as they are asked for has no total to tell (rest-api.md D15).</summary>
/// <param name="Profile">What it says of itself, its load left out.</param>
/// <param name="Total">Its slots; 0 where they are made on demand.</param>
/// <param name="Free">Those that nobody holds; 0 where they are made on demand.</param>
/// <param name="Load">The newest sample; null where load is not measured.</param>
/// <param name="JobIds">Jobs that hold slots there, by id.</param>
public sealed record WorkerFigures(WorkerProfile Profile, int Total, int Free, SystemLoad? Load, ImmutableArray<long> JobIds)
{
    internal static WorkerFigures Of(WorkerSlots worker) => new(
        worker.Profile,
        worker.Profile.SlotCount ?? 0,
        worker.Free.Count,
        worker.Load.Newest,
        SlotState.HoldersOn([worker]));
}
