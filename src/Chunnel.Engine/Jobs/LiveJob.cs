using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>A job that has not ended, with what is shown of it.</summary>
internal sealed class LiveJob
{
    private readonly JobSubmission _submission;
    private readonly JobPlan _plan;
    private readonly TaskCompletionSource<JobView> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JobView? _last;

    public LiveJob(JobSubmission submission, JobPlan plan, JobLog log, JobRun run, TimeProvider clock)
    {
        _submission = submission;
        _plan = plan;
        Submitted = clock.GetUtcNow();
        Log = log;
        Run = run;
        Handle = new JobHandle(plan.Control.JobId, () => View, _ended.Task);
    }

    public JobLog Log { get; }

    public JobRun Run { get; }

    public JobHandle Handle { get; }

    public DateTimeOffset Submitted { get; }

    /// <summary>Where the job is: cheaper than all of its view.</summary>
    public JobStatus Status => Run.State.Status;

    public JobView View => Volatile.Read(ref _last) ?? Look();

    /// <summary>The last look: everything of the job is let go.</summary>
    public void Finish(JobView last)
    {
        Volatile.Write(ref _last, last);
        _ended.TrySetResult(last);
    }

    private JobView Look()
    {
        var state = Run.State;
        var status = state.Status;
        var pipelines = new PipelineView[_plan.Pipelines.Count];
        for (var i = 0; i < pipelines.Length; i++) pipelines[i] = Look(_plan.Pipelines[i], state.Pipelines[i]);
        return new JobView
        {
            JobId = state.Plan.JobId,
            Name = state.Plan.Name,
            Status = status,
            ErrorText = state.ErrorText,
            Submitted = Submitted,
            Ended = status.IsTerminal && state.Times.Of(status) is { } at ? at.ToDateTimeOffset() : null,
            Definition = _submission.Definition,
            StartsFromSavepoint = _submission.StartsFromSavepoint,
            Slots = _plan.Slots,
            Metrics = pipelines.Select(pipeline => pipeline.Metrics).Aggregate((all, one) => all.And(one)),
            Pipelines = pipelines,
        };
    }

    private PipelineView Look(PipelinePlan plan, PipelineState state) => new()
    {
        Id = plan.Id,
        FullName = _plan.Control.FullNameOf(state.Plan),
        Status = state.Status,
        Restores = state.RestoresUsed,
        Parallelism = plan.Parallelism,
        Vertices = plan.Vertices,
        Edges = plan.Edges,
        Guarantee = plan.Guarantee,
        Metrics = Run.Metrics.Read(plan.Id),
        Progress = plan.Source.IsBounded ? Run.Metrics.ProgressOf(plan.Id).Look() : null,
    };
}
