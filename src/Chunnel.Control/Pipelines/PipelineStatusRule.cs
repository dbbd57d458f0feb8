namespace Chunnel.Control;

/// <summary>A pipeline's state, derived from its groups, its coordinator and the decisions about it (engine.md 3.2).</summary>
internal static class PipelineStatusRule
{
    public static PipelineStatus Of(PipelineState pipeline)
    {
        if (pipeline.HasEnded) return Ended(pipeline);
        if (pipeline.Failure is { } failure) return Failing(failure);
        if (pipeline.Stop is not null) return PipelineStatus.Canceling;
        return Furthest(pipeline);
    }

    private static PipelineStatus Ended(PipelineState pipeline)
    {
        if (pipeline.Failure is { } failure) return pipeline.IsGivenUp ? PipelineStatus.Failed : Failing(failure);
        if (pipeline.Stop == StopCause.NothingToSave) return PipelineStatus.Finished;
        return pipeline.TaskGroups.Any(taskGroup => taskGroup.Status == TaskGroupStatus.Canceled)
            ? PipelineStatus.Canceled
            : PipelineStatus.Finished;
    }

    private static PipelineStatus Failing(AttemptFailure failure) =>
        failure.IsOfCheckpoint ? PipelineStatus.Canceling : PipelineStatus.Failing;

    /// <summary>The slowest of the groups says how far the pipeline is.</summary>
    private static PipelineStatus Furthest(PipelineState pipeline)
    {
        var slowest = TaskGroupStatus.Running;
        var allHaveSlots = true;
        foreach (var taskGroup in pipeline.TaskGroups)
        {
            if (taskGroup.Status < slowest) slowest = taskGroup.Status;
            if (taskGroup.Slot is null) allHaveSlots = false;
        }
        return slowest switch
        {
            TaskGroupStatus.Initializing => PipelineStatus.Initializing,
            TaskGroupStatus.Created => allHaveSlots ? PipelineStatus.Scheduled : PipelineStatus.Created,
            TaskGroupStatus.Deploying => PipelineStatus.Deploying,
            _ => PipelineStatus.Running,
        };
    }
}
