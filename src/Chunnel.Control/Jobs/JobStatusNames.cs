using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>How logs, REST and the command line spell a job's state.</summary>
public static class JobStatusNames
{
    extension(JobStatus status)
    {
        /// <summary>Never left again.</summary>
        public bool IsTerminal => status is JobStatus.Failed or JobStatus.SavepointDone or JobStatus.Canceled
            or JobStatus.Finished or JobStatus.Unknowable;

        public string Name => status switch
        {
            JobStatus.Initializing => "INITIALIZING",
            JobStatus.Created => "CREATED",
            JobStatus.Pending => "PENDING",
            JobStatus.Scheduled => "SCHEDULED",
            JobStatus.Running => "RUNNING",
            JobStatus.Failing => "FAILING",
            JobStatus.Failed => "FAILED",
            JobStatus.DoingSavepoint => "DOING_SAVEPOINT",
            JobStatus.SavepointDone => "SAVEPOINT_DONE",
            JobStatus.Canceling => "CANCELING",
            JobStatus.Canceled => "CANCELED",
            JobStatus.Finished => "FINISHED",
            JobStatus.Unknowable => "UNKNOWABLE",
            _ => throw new UnreachableException($"No name for {status}."),
        };
    }
}
