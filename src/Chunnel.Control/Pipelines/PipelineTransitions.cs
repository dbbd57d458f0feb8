namespace Chunnel.Control;

/// <summary>
/// Every legal step of a pipeline (engine.md 3.2). FAILED is reached only when no restore follows, so that it is
/// terminal like any other; a restore goes from FAILING, or from CANCELING after a failed checkpoint, back to CREATED.
/// </summary>
public static class PipelineTransitions
{
    public static bool Allow(PipelineStatus from, PipelineStatus to) => from switch
    {
        PipelineStatus.Initializing => to is PipelineStatus.Created or PipelineStatus.Canceled or PipelineStatus.Finished,
        PipelineStatus.Created => to is PipelineStatus.Scheduled or PipelineStatus.Failing or PipelineStatus.Failed
            or PipelineStatus.Canceled or PipelineStatus.Finished,
        PipelineStatus.Scheduled => to is PipelineStatus.Deploying,
        PipelineStatus.Deploying => to is PipelineStatus.Running or PipelineStatus.Failing or PipelineStatus.Canceling,
        PipelineStatus.Running => to is PipelineStatus.Finished or PipelineStatus.Failing or PipelineStatus.Canceling,
        PipelineStatus.Failing => to is PipelineStatus.Failed or PipelineStatus.Created,
        PipelineStatus.Canceling => to is PipelineStatus.Canceled or PipelineStatus.Finished or PipelineStatus.Failed
            or PipelineStatus.Created,
        _ => false,
    };
}
