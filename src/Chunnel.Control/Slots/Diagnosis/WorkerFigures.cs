using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>One worker in numbers. A worker that makes slots as they are asked for has no total to tell (rest-api.md D15).</summary>
/// <param name="Profile">What it says of itself, its load left out.</param>
/// <param name="Total">Its slots; 0 where they are made on demand.</param>
/// <param name="Free">Those that nobody holds; 0 where they are made on demand.</param>
/// <param name="Load">The newest sample; null where load is not measured.</param>
public sealed record WorkerFigures(WorkerProfile Profile, int Total, int Free, SystemLoad? Load)
{
    private readonly WorkerSlots? _slots;

    /// <summary>Jobs that hold slots there, by id. Looked up when it is asked for: there may be thousands.</summary>
    public ImmutableArray<long> JobIds => _slots is null ? [] : SlotState.HoldersOn([_slots]);

    private WorkerFigures(WorkerSlots worker)
        : this(worker.Profile, worker.Profile.SlotCount ?? 0, worker.Free.Count, worker.Load.Newest) => _slots = worker;

    internal static WorkerFigures Of(WorkerSlots worker) => new(worker);
}
