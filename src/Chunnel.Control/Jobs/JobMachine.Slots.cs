using System.Collections.Immutable;

namespace Chunnel.Control;

/// <content>Slots: for the whole job at its start, for one pipeline at its restore (engine.md 8.1, 8.4).</content>
public static partial class JobMachine
{
    private static readonly TimeSpan _leastPause = TimeSpan.FromSeconds(1);

    private static void AskForSlots(Draft draft)
    {
        draft.Say($"The submit job enter the pending queue , jobId: {draft.State.Plan.JobId} , jobName: {draft.State.Plan.Name}");
        var open = Enumerable.Range(0, draft.State.Pipelines.Length).Where(pipeline => !draft[pipeline].Status.IsTerminal);
        // Those that were under way before a master was lost go on first.
        if (draft.State.Policy.PipelineConcurrency is { } most) open = open.OrderBy(pipeline => draft[pipeline].Checkpoint.Latest is null).Take(most).Order();
        Ask(draft, [.. open], draft.State.IsResumed);
        draft.Tell();
    }

    private static void AskForSlotsIfDue(Draft draft, int pipeline)
    {
        if (PipelineMachine.IsDueForSlots(draft[pipeline])) Ask(draft, [pipeline], isRestore: true);
        else if (IsTurnOf(draft.State, draft[pipeline])) Ask(draft, [pipeline], isRestore: false);
    }

    /// <summary>Where pipelines take turns, one that has not begun follows one that has ended.</summary>
    private static bool IsTurnOf(JobState state, PipelineState pipeline) =>
        state.Policy.PipelineConcurrency is { } most && state.WasScheduled && !state.IsLost
        && pipeline is { Status: PipelineStatus.Created, HasBegun: false }
        && state.Pipelines.Count(other => other.HasBegun && !other.Status.IsTerminal) < most;

    private static void Ask(Draft draft, ImmutableArray<int> pipelines, bool isRestore)
    {
        var number = draft.State.SlotRequests + 1;
        draft.State = draft.State with { SlotRequests = number };
        ImmutableArray<SlotGrant> kept = [.. pipelines.SelectMany(pipeline => draft[pipeline].Kept)];
        foreach (var pipeline in pipelines)
        {
            draft[pipeline] = draft[pipeline] with
            {
                OpenSlotRequest = number,
                Kept = [],
                Deadline = new(draft.Now + draft.Limits.SlotAnswer, DeadlineKind.SlotAnswer),
            };
        }
        var job = draft.State.Plan;
        var groups = from pipeline in pipelines
                     let plan = job.Pipelines[pipeline]
                     from taskGroup in plan.TaskGroups
                     select job.LocationOf(plan, taskGroup);
        draft.Do(new JobEffect.RequestSlots(new(job.JobId, number, [.. groups], isRestore) { TagFilter = job.TagFilter, GivesBack = kept }));
    }

    /// <summary>Takes what it waits for; gives back what nobody waits for any more, and all of it if some is missing.</summary>
    private static void Granted(Draft draft, JobEvent.SlotsGranted granted)
    {
        var waiting = PipelinesWaitingFor(draft.State, granted.Request);
        if (!waiting.IsEmpty && granted.Grants.Any(draft.State.IsGone))
        {
            AskAnew(draft, waiting, granted);
            return;
        }
        var grants = granted.Grants.ToDictionary(grant => grant.Group);
        var isWhole = waiting.All(pipeline => GroupsOf(draft.State, pipeline).All(grants.ContainsKey));
        if (isWhole)
        {
            foreach (var pipeline in waiting) PipelineMachine.Grant(draft, pipeline, grants);
        }
        var held = draft.State.Pipelines.SelectMany(pipeline => pipeline.TaskGroups).Select(taskGroup => taskGroup.Slot).ToHashSet();
        ImmutableArray<SlotGrant> unused = [.. granted.Grants.Where(grant => !held.Contains(grant))];
        if (!unused.IsEmpty) draft.Do(new JobEffect.ReleaseSlots(unused));
        if (!isWhole)
        {
            Denied(draft, granted.Request, ControlErrors.Denied($"Slot request {granted.Request} was answered with {grants.Count} slots, which is not enough."));
            return;
        }
        draft.Tell();
        foreach (var pipeline in waiting) PipelineMachine.Deploy(draft, pipeline);
        draft.Tell();
    }

    /// <summary>A worker was lost while its slots were on their way: no attempt has begun, so none is lost. What is left goes back with the new request.</summary>
    private static void AskAnew(Draft draft, ImmutableArray<int> waiting, JobEvent.SlotsGranted granted)
    {
        var state = draft.State;
        var isRestore = state is { IsResumed: true, WasScheduled: false } || waiting.Any(pipeline => state.Pipelines[pipeline].RestoresUsed > 0);
        draft[waiting[0]] = draft[waiting[0]] with { Kept = [.. draft[waiting[0]].Kept, .. granted.Grants.Where(grant => !state.IsGone(grant))] };
        draft.Say($"Slot request {granted.Request} was answered with slots of a worker that is lost; it is made again.", isWarning: true);
        Ask(draft, waiting, isRestore);
    }

    private static void Denied(Draft draft, long request, Failure failure)
    {
        var waiting = PipelinesWaitingFor(draft.State, request);
        if (!waiting.IsEmpty && !draft.State.WasScheduled)
        {
            draft.Say($"The job {draft.State.Plan.JobId} is not running because the resources is not enough insufficient", isWarning: true);
        }
        if (draft.State is { IsResumed: true, WasScheduled: false }) AskAgainLater(draft, waiting);
        else foreach (var pipeline in waiting) PipelineMachine.Deny(draft, pipeline, failure);
    }

    /// <summary>After a restart the workers come back one by one: a job that is gone on with has patience, whatever the queue's rule is for new ones.</summary>
    private static void AskAgainLater(Draft draft, ImmutableArray<int> waiting)
    {
        var pause = draft.State.Policy.RetryInterval > _leastPause ? draft.State.Policy.RetryInterval : _leastPause;
        foreach (var pipeline in waiting)
        {
            draft[pipeline] = draft[pipeline] with { OpenSlotRequest = null, Deadline = new(draft.Now + pause, DeadlineKind.RestoreWait) };
        }
    }

    private static bool IsToAskAgain(JobState state) => state is { IsResumed: true, WasScheduled: false, Status: JobStatus.Pending }
        && state.Pipelines.All(pipeline => pipeline is { OpenSlotRequest: null, Deadline: null });

    private static void StillPending(Draft draft, long request)
    {
        foreach (var pipeline in PipelinesWaitingFor(draft.State, request))
        {
            draft[pipeline] = draft[pipeline] with { Deadline = new(draft.Now + draft.Limits.SlotAnswer, DeadlineKind.SlotAnswer) };
        }
    }

    private static void ExpireSlotRequest(Draft draft, int pipeline)
    {
        if (draft[pipeline] is not { OpenSlotRequest: { } request, Deadline: { Kind: DeadlineKind.SlotAnswer } deadline }) return;
        if (!deadline.HasPassed(draft.Now)) return;
        draft.Do(new JobEffect.WithdrawSlotRequest(request));
        Denied(draft, request, ControlErrors.Expired("The slot queue said nothing", draft.Limits.SlotAnswer, "Is the master overloaded?"));
    }

    private static ImmutableArray<int> PipelinesWaitingFor(JobState state, long request) =>
        [.. Enumerable.Range(0, state.Pipelines.Length).Where(pipeline => state.Pipelines[pipeline].OpenSlotRequest == request)];

    private static IEnumerable<TaskGroupLocation> GroupsOf(JobState state, int pipeline)
    {
        var plan = state.Pipelines[pipeline].Plan;
        return plan.TaskGroups.Select(taskGroup => state.Plan.LocationOf(plan, taskGroup));
    }
}
