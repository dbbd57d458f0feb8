using System.Diagnostics;

namespace Chunnel.Control;

/// <summary>How logs and REST spell a pipeline's state.</summary>
public static class PipelineStatusNames
{
    extension(PipelineStatus status)
    {
        /// <summary>Never left again.</summary>
        public bool IsTerminal => status is PipelineStatus.Failed or PipelineStatus.Canceled or PipelineStatus.Finished;

        public string Name => status switch
        {
            PipelineStatus.Initializing => "INITIALIZING",
            PipelineStatus.Created => "CREATED",
            PipelineStatus.Scheduled => "SCHEDULED",
            PipelineStatus.Deploying => "DEPLOYING",
            PipelineStatus.Running => "RUNNING",
            PipelineStatus.Failing => "FAILING",
            PipelineStatus.Failed => "FAILED",
            PipelineStatus.Canceling => "CANCELING",
            PipelineStatus.Canceled => "CANCELED",
            PipelineStatus.Finished => "FINISHED",
            _ => throw new UnreachableException($"No name for {status}."),
        };
    }
}
