namespace Chunnel.Control;

/// <summary>A job's state, derived from its pipelines and the intents about it (engine.md 3.1).</summary>
internal static class JobStatusRule
{
    public static JobStatus Of(JobState job)
    {
        if (!job.IsRunningSaveModes && job.Pipelines.All(pipeline => pipeline.Status.IsTerminal)) return Ended(job);
        if (job.IsLost) return JobStatus.Failing;
        if (job.IsCancelRequested) return JobStatus.Canceling;
        if (job.IsSavepointRequested) return JobStatus.DoingSavepoint;
        return Furthest(job);
    }

    private static JobStatus Ended(JobState job)
    {
        if (job.Failure is not null || job.Pipelines.Any(pipeline => pipeline.Status == PipelineStatus.Failed)) return JobStatus.Failed;
        if (job.Pipelines.Any(pipeline => pipeline.Status == PipelineStatus.Canceled)) return JobStatus.Canceled;
        return job.Pipelines.Any(pipeline => pipeline.EndedBySavepoint) ? JobStatus.SavepointDone : JobStatus.Finished;
    }

    private static JobStatus Furthest(JobState job)
    {
        if (job.IsRunningSaveModes || job.Pipelines.Any(pipeline => pipeline.Status == PipelineStatus.Initializing)) return JobStatus.Initializing;
        if (!job.WasScheduled && !job.Pipelines.Any(pipeline => pipeline.Status == PipelineStatus.Scheduled))
        {
            return job.SlotRequests == 0 ? JobStatus.Created : JobStatus.Pending;
        }
        return job.Pipelines.All(HasRun) ? JobStatus.Running : JobStatus.Scheduled;
    }

    /// <summary>A job stays RUNNING while a pipeline that ran before is restored.</summary>
    private static bool HasRun(PipelineState pipeline) =>
        pipeline.Times.Has(PipelineStatus.Running) || pipeline.Status is PipelineStatus.Running || pipeline.Status.IsTerminal;
}
