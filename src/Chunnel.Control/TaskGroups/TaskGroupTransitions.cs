namespace Chunnel.Control;

/// <summary>Every legal step of a task group (engine.md 3.3).</summary>
public static class TaskGroupTransitions
{
    public static bool Allow(TaskGroupStatus from, TaskGroupStatus to) => from switch
    {
        TaskGroupStatus.Initializing => to is TaskGroupStatus.Created or TaskGroupStatus.Canceled,
        TaskGroupStatus.Created => to is TaskGroupStatus.Deploying or TaskGroupStatus.Canceled,
        TaskGroupStatus.Deploying => to is TaskGroupStatus.Running or TaskGroupStatus.Failing or TaskGroupStatus.Canceling,
        TaskGroupStatus.Running => to is TaskGroupStatus.Finished or TaskGroupStatus.Failing or TaskGroupStatus.Canceling,
        TaskGroupStatus.Failing => to is TaskGroupStatus.Failed,
        TaskGroupStatus.Canceling => to is TaskGroupStatus.Canceled or TaskGroupStatus.Finished,
        _ => false,
    };
}
