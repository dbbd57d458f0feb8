namespace Chunnel.Control;

/// <summary>A job's state, derived from its pipelines and the intents about it (engine.md 3.1).</summary>
internal static class JobStatusRule
{
    private const int MostPipelinesOnTheStack = 64;

    public static JobStatus Of(JobState job)
    {
        // a pipeline's state is a walk over its groups: each is read once
        var count = job.Pipelines.Length;
        var statuses = count <= MostPipelinesOnTheStack ? stackalloc PipelineStatus[count] : new PipelineStatus[count];
        var allEnded = true;
        for (var pipeline = 0; pipeline < count; pipeline++)
        {
            statuses[pipeline] = job.Pipelines[pipeline].Status;
            allEnded &= statuses[pipeline].IsTerminal;
        }
        if (allEnded && !job.IsRunningSaveModes) return Ended(job, statuses);
        if (job.IsLost) return JobStatus.Failing;
        if (job.IsCancelRequested) return JobStatus.Canceling;
        if (job.IsSavepointRequested) return JobStatus.DoingSavepoint;
        return Furthest(job, statuses);
    }

    private static JobStatus Ended(JobState job, ReadOnlySpan<PipelineStatus> statuses)
    {
        if (job.Failure is not null || statuses.Contains(PipelineStatus.Failed)) return JobStatus.Failed;
        if (statuses.Contains(PipelineStatus.Canceled)) return JobStatus.Canceled;
        return job.Pipelines.Any(pipeline => pipeline.EndedBySavepoint) ? JobStatus.SavepointDone : JobStatus.Finished;
    }

    private static JobStatus Furthest(JobState job, ReadOnlySpan<PipelineStatus> statuses)
    {
        if (job.IsRunningSaveModes || statuses.Contains(PipelineStatus.Initializing)) return JobStatus.Initializing;
        if (!job.WasScheduled && !statuses.Contains(PipelineStatus.Scheduled))
        {
            return job.HasAskedForSlots ? JobStatus.Pending : JobStatus.Created;
        }
        return HasRun(job, statuses) ? JobStatus.Running : JobStatus.Scheduled;
    }

    /// <summary>All pipelines; where they take turns, one is enough.</summary>
    private static bool HasRun(JobState job, ReadOnlySpan<PipelineStatus> statuses)
    {
        var takeTurns = job.Policy.PipelineConcurrency is not null;
        for (var pipeline = 0; pipeline < statuses.Length; pipeline++)
        {
            var runs = HasRun(job.Pipelines[pipeline], statuses[pipeline]);
            if (takeTurns && runs) return true;
            if (!takeTurns && !runs && !statuses[pipeline].IsTerminal) return false;
        }
        return !takeTurns;
    }

    /// <summary>A job stays RUNNING while a pipeline that ran before is restored.</summary>
    private static bool HasRun(PipelineState pipeline, PipelineStatus status) =>
        status == PipelineStatus.Running || pipeline.Times.Has(PipelineStatus.Running);
}
