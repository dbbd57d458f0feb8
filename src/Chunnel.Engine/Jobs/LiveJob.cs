using Chunnel.Config.Env;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>A job that has not ended, with what is shown of it.</summary>
internal sealed class LiveJob
{
    private readonly JobSubmission _submission;
    private readonly JobPlan _plan;
    private readonly TaskCompletionSource<JobView> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JobView? _last;
    private Seen? _seen;

    public LiveJob(JobSubmission submission, JobPlan plan, JobLog log, JobRun run)
    {
        _submission = submission;
        _plan = plan;
        Submitted = run.State.Times.Of(JobStatus.Initializing)!.Value.ToDateTimeOffset();
        Log = log;
        Run = run;
        Handle = new JobHandle(plan.Control.JobId, () => View, () => See().Version, _ended.Task);
    }

    public JobLog Log { get; }

    public JobRun Run { get; }

    public JobHandle Handle { get; }

    public DateTimeOffset Submitted { get; }

    public ObservabilityOptions Observability => _submission.Definition.Env.Observability;

    /// <summary>The last minutes; null where they are not kept, or not yet. They go with the job.</summary>
    public JobSeries? Series { get; set; }

    /// <summary>Where the job is: cheaper than all of its view.</summary>
    public JobStatus Status => See().Status;

    public JobView View => Volatile.Read(ref _last) ?? Look();

    /// <summary>The last look: everything of the job is let go.</summary>
    public void Finish(JobView last)
    {
        Volatile.Write(ref _last, last);
        _ended.TrySetResult(last);
    }

    private JobView Look()
    {
        var seen = See();
        var pipelines = new PipelineView[seen.Pipelines.Count];
        for (var i = 0; i < pipelines.Length; i++)
        {
            pipelines[i] = seen.Pipelines[i] with
            {
                Metrics = Run.Metrics.Read(seen.Pipelines[i].Id),
                Progress = _plan.Pipelines[i].Source.IsBounded ? Run.Metrics.ProgressOf(seen.Pipelines[i].Id).Look() : null,
            };
        }
        return new JobView
        {
            JobId = _plan.Control.JobId,
            Name = _plan.Control.Name,
            Status = seen.Status,
            ErrorText = seen.ErrorText,
            Submitted = Submitted,
            Ended = seen.Ended,
            Definition = _submission.Definition,
            StartsFromSavepoint = _submission.StartsFromSavepoint,
            Slots = _plan.Slots,
            LastAttempt = seen.State.LastAttempt,
            Metrics = pipelines.Select(pipeline => pipeline.Metrics).Aggregate((all, one) => all.And(one)),
            Pipelines = pipelines,
        };
    }

    private Seen See()
    {
        var state = Run.State;
        var known = Volatile.Read(ref _seen);
        if (known is not null && ReferenceEquals(known.State, state)) return known;
        var status = state.Status;
        if (known is not null && state.LooksLike(known.State))
        {
            Volatile.Write(ref _seen, known with { State = state });
            return known;
        }
        var ended = status.IsTerminal && state.Times.Of(status) is { } at ? at.ToDateTimeOffset() : (DateTimeOffset?)null;
        var seen = new Seen(new object(), state, status, state.ErrorText, ended, [.. _plan.Pipelines.Zip(state.Pipelines).Select(pair => Outline(pair.First, pair.Second))]);
        Volatile.Write(ref _seen, seen);
        return seen;
    }

    private PipelineView Outline(PipelinePlan plan, PipelineState state) => new()
    {
        Id = plan.Id,
        FullName = _plan.Control.FullNameOf(state.Plan),
        Status = state.Status,
        Restores = state.RestoresUsed,
        Parallelism = plan.Parallelism,
        Vertices = plan.Vertices,
        Edges = plan.Edges,
        Guarantee = plan.Guarantee,
        Checkpoints = CheckpointsView.Of(state.Checkpoint),
        Metrics = MetricsView.Nothing,
    };

    /// <summary>What follows from one state of the job. States never change, so it is worked out once for each that looks otherwise than the one before it.</summary>
    /// <param name="Version">Another object for each look.</param>
    /// <param name="State">The state.</param>
    /// <param name="Status">As it is called.</param>
    /// <param name="ErrorText">Why it failed.</param>
    /// <param name="Ended">When it ended.</param>
    /// <param name="Pipelines">Without what is counted.</param>
    private sealed record Seen(object Version, JobState State, JobStatus Status, string? ErrorText, DateTimeOffset? Ended, IReadOnlyList<PipelineView> Pipelines);
}
