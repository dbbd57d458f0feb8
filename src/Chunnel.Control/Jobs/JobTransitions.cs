namespace Chunnel.Control;

/// <summary>
/// Every legal step of a job (engine.md 3.1). A job that never had slots ends in one step. CANCELING and DOING_SAVEPOINT
/// end as the pipelines ended: whoever was faster than the order has FINISHED, whoever failed before it has FAILED.
/// </summary>
public static class JobTransitions
{
    public static bool Allow(JobStatus from, JobStatus to) => from switch
    {
        JobStatus.Initializing => to is JobStatus.Created or JobStatus.Failing or JobStatus.Failed or JobStatus.Canceling
            or JobStatus.DoingSavepoint,
        JobStatus.Created => to is JobStatus.Pending,
        JobStatus.Pending => to is JobStatus.Scheduled or JobStatus.Failed or JobStatus.Canceled or JobStatus.SavepointDone,
        JobStatus.Scheduled => to is JobStatus.Running or JobStatus.Failing or JobStatus.Canceling or JobStatus.DoingSavepoint,
        JobStatus.Running => to is JobStatus.Finished or JobStatus.Failing or JobStatus.Canceling or JobStatus.DoingSavepoint,
        JobStatus.Failing => to is JobStatus.Failed,
        JobStatus.DoingSavepoint => to is JobStatus.SavepointDone or JobStatus.Finished or JobStatus.Failing
            or JobStatus.Canceling or JobStatus.Failed,
        JobStatus.Canceling => to is JobStatus.Canceled or JobStatus.Finished or JobStatus.SavepointDone or JobStatus.Failing
            or JobStatus.Failed,
        _ => false,
    };
}
