using System.Collections.Immutable;

namespace Chunnel.Control;

/// <summary>Why a request cannot be granted now.</summary>
public sealed record SlotShortage
{
    /// <summary>As SeaTunnel words it: people and programs look for it.</summary>
    public const string Headline = "NoEnoughResourceException: can't apply resource request with retry times: 3";

    /// <summary>How many jobs are named before it is just "and others".</summary>
    private const int MostNamed = 5;

    public required int Needed { get; init; }

    /// <summary>Slots that were free on workers that fit; less than needed.</summary>
    public required int Free { get; init; }

    /// <summary>All slots of workers that fit, free or not; <see cref="int.MaxValue"/> where one makes as many as it likes.</summary>
    public required int Total { get; init; }

    /// <summary>Workers that carry the tags asked for.</summary>
    public required int FittingWorkers { get; init; }

    /// <summary>All workers.</summary>
    public required int Workers { get; init; }

    public required ImmutableDictionary<string, string> TagFilter { get; init; }

    /// <summary>Who holds slots that would fit, by job id.</summary>
    public required ImmutableArray<long> HeldBy { get; init; }

    /// <summary>No job that ends can help: there are not that many slots.</summary>
    public bool IsLasting => Total < Needed;

    /// <summary>The headline, what is missing, and what helps.</summary>
    public string Text => $"{Headline}. {Cause} {Mend}";

    private string Cause => this switch
    {
        { Workers: 0 } => "No worker is there.",
        { FittingWorkers: 0 } => $"None of {Count(Workers, "worker")} carries the tags {TagText.Of(TagFilter)}.",
        { IsLasting: true } => $"The job needs {Count(Needed, "slot")}; {Count(FittingWorkers, "worker")} that fit have {Total} together.",
        _ => $"The job needs {Count(Needed, "slot")}; {Free} of {Total} are free, the others belong to {Holders}.",
    };

    private string Mend => this switch
    {
        { Workers: 0 } => "Start one.",
        { FittingWorkers: 0 } => "Change tag_filter in the job's env, or give a worker these tags with POST /update-tags.",
        { IsLasting: true } => "Lower the job's parallelism, raise slot-service.slot-num, or set slot-service.dynamic-slot: true.",
        _ => "Wait until they end or stop one; with job-schedule-strategy: WAIT a job waits by itself.",
    };

    private string Holders
    {
        get
        {
            var named = string.Join(", ", HeldBy.Take(MostNamed));
            return HeldBy.Length == 1 ? $"job {named}" : $"jobs {named}{(HeldBy.Length > MostNamed ? " and others" : "")}";
        }
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    internal static SlotShortage Of(SlotRequest request, SlotState slots)
    {
        var fitting = slots.WorkersFor(request.TagFilter).ToList();
        return new()
        {
            Needed = request.Groups.Length,
            Free = Sum(fitting.Select(worker => worker.Room)),
            Total = Sum(fitting.Select(worker => worker.Profile.SlotCount ?? int.MaxValue)),
            FittingWorkers = fitting.Count,
            Workers = slots.Workers.Count,
            TagFilter = request.TagFilter,
            HeldBy = SlotState.HoldersOn(fitting, other: request.JobId),
        };
    }

    private static int Sum(IEnumerable<int> numbers) => (int)Math.Min(numbers.Sum(number => (long)number), int.MaxValue);
}
