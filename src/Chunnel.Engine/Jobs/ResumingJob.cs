using Chunnel.Config;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>A job that the log knows and that does not run yet: its plan is made anew, which may take several tries.</summary>
internal sealed class ResumingJob : IDisposable
{
    private readonly CancellationTokenSource _givenUp = new();
    private readonly TaskCompletionSource _savepointAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<JobView> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="job">What the log says of it.</param>
    /// <param name="definition">Its text, read.</param>
    /// <param name="view">The job as it is now, whoever has it.</param>
    public ResumingJob(LedgerJob job, JobDefinition definition, Func<JobView> view)
    {
        Job = job;
        Submission = new JobSubmission { Definition = definition, Name = job.Content.Name, JobId = job.Logged.JobId, StartsFromSavepoint = job.Content.StartsFromSavepoint };
        Handle = new JobHandle(job.Logged.JobId, view, () => this, _ended.Task);
    }

    public LedgerJob Job { get; }

    public JobSubmission Submission { get; }

    public JobHandle Handle { get; }

    /// <summary>Cancelled when a person wants the job to end before it runs.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    /// <summary>How it is to end then.</summary>
    public JobStatus Wanted { get; private set; } = JobStatus.Canceled;

    /// <summary>Completes when a person wants a savepoint of the job, and it to run on.</summary>
    public Task SavepointAsked => _savepointAsked.Task;

    public JobView View => ViewOf(Job, Submission.Definition);

    /// <summary>What can be shown of a job of which there is no plan.</summary>
    public static JobView ViewOf(LedgerJob job, JobDefinition definition) => new()
    {
        JobId = job.Logged.JobId,
        Name = job.Logged.Name,
        Status = JobStatus.Initializing,
        Submitted = job.Logged.SubmittedAt.ToDateTimeOffset(),
        Definition = definition,
        StartsFromSavepoint = job.Content.StartsFromSavepoint,
        Pipelines = [],
        Metrics = MetricsView.Nothing,
        LastAttempt = job.Logged.LastAttempt,
    };

    /// <summary>It ends as wanted, at once.</summary>
    public void GiveUp(JobStatus wanted)
    {
        Wanted = wanted;
        _givenUp.Cancel();
    }

    public void AskForSavepoint() => _savepointAsked.TrySetResult();

    public void Finish(JobView last) => _ended.TrySetResult(last);

    public void Dispose() => _givenUp.Dispose();
}
