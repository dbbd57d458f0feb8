namespace Chunnel.Control;

/// <summary>The close reasons of a coordinator, as SeaTunnel words them (engine.md 6.2, 6.3).</summary>
internal static class CheckpointErrors
{
    public const string Expired =
        "Checkpoint expired before completing. Please increase checkpoint timeout in the seatunnel.yaml or jobConfig env.";

    public const string ChangeOverdue = "A change of a table's schema was not handed on in time. Please increase checkpoint schema-change-timeout in the seatunnel.yaml.";

    public const string PipelineEnded = "Pipeline turn to end state.";

    public const string NotifyFailed = "Checkpoint notify complete failed";
}
