using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>How logs spell a task group's state.</summary>
public static class TaskGroupStatusNames
{
    extension(TaskGroupStatus status)
    {
        /// <summary>Never left again within its attempt.</summary>
        public bool IsTerminal => status is TaskGroupStatus.Failed or TaskGroupStatus.Canceled or TaskGroupStatus.Finished;

        public string Name => status switch
        {
            TaskGroupStatus.Initializing => "INITIALIZING",
            TaskGroupStatus.Created => "CREATED",
            TaskGroupStatus.Deploying => "DEPLOYING",
            TaskGroupStatus.Running => "RUNNING",
            TaskGroupStatus.Failing => "FAILING",
            TaskGroupStatus.Failed => "FAILED",
            TaskGroupStatus.Canceling => "CANCELING",
            TaskGroupStatus.Canceled => "CANCELED",
            TaskGroupStatus.Finished => "FINISHED",
            _ => throw new UnreachableException($"No name for {status}."),
        };
    }
}
