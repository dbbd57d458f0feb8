namespace Chunnel.Control;

/// <summary>Which task group, over all jobs.</summary>
public readonly record struct TaskGroupLocation(long JobId, int PipelineId, long TaskGroupId)
{
    public override string ToString() =>
        $"TaskGroupLocation{{jobId={JobId}, pipelineId={PipelineId}, taskGroupId={TaskGroupId}}}";
}
