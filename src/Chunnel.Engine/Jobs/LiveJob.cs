using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>A job that has not ended, with what is shown of it.</summary>
internal sealed class LiveJob
{
    private readonly JobSubmission _submission;
    private readonly JobPlan _plan;
    private readonly DateTimeOffset _submitted;
    private readonly TaskCompletionSource<JobView> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JobView? _last;

    public LiveJob(JobSubmission submission, JobPlan plan, JobLog log, JobRun run, TimeProvider clock)
    {
        _submission = submission;
        _plan = plan;
        _submitted = clock.GetUtcNow();
        Log = log;
        Run = run;
        Handle = new JobHandle(plan.Control.JobId, () => View, _ended.Task);
    }

    public JobLog Log { get; }

    public JobRun Run { get; }

    public JobHandle Handle { get; }

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
        return new JobView
        {
            JobId = state.Plan.JobId,
            Name = state.Plan.Name,
            Status = state.Status,
            ErrorText = state.ErrorText,
            Submitted = _submitted,
            Ended = state.Times.Of(state.Status) is { } at && state.Status.IsTerminal ? at.ToDateTimeOffset() : null,
            Definition = _submission.Definition,
            StartsFromSavepoint = _submission.StartsFromSavepoint,
            Slots = _plan.Slots,
            Metrics = Run.Metrics.Read(),
            Pipelines = [.. _plan.Pipelines.Zip(state.Pipelines).Select(pair => new PipelineView
            {
                Id = pair.First.Id,
                FullName = state.Plan.FullNameOf(pair.Second.Plan),
                Status = pair.Second.Status,
                Restores = pair.Second.RestoresUsed,
                Parallelism = pair.First.Parallelism,
                Vertices = pair.First.Vertices,
                Edges = pair.First.Edges,
                Guarantee = pair.First.Guarantee,
                Metrics = Run.Metrics.Read(pair.First.Id),
                Progress = pair.First.Source.IsBounded ? Run.Metrics.ProgressOf(pair.First.Id).Look() : null,
            })],
        };
    }
}
