namespace Chunnel.Control;

/// <summary>What the control core itself can find wrong.</summary>
public static class ControlErrors
{
    public static readonly ErrorCode DeadlinePassed = new("CHUNNEL-30", "Deadline passed", Blame.World, Retry.Later);
    public static readonly ErrorCode SlotsDenied = new("CHUNNEL-31", "No enough resource", Blame.World, Retry.Later);
    public static readonly ErrorCode NodeLost = new("CHUNNEL-32", "Node lost", Blame.World, Retry.Later);
    public static readonly ErrorCode CheckpointFailed = new("CHUNNEL-33", "Checkpoint failed", Blame.World, Retry.Later);

    internal static Failure Expired(string what, TimeSpan waited, string mend) => new()
    {
        Code = DeadlinePassed,
        Text = $"{DeadlinePassed} - {what} within {waited.TotalSeconds:0.###} s. {mend}",
    };

    internal static Failure Offline(TaskGroupLocation location, string node) => new()
    {
        Code = NodeLost,
        Text = $"The taskGroup({location}) deployed node({node}) offline",
    };

    internal static Failure Denied(string text) => new() { Code = SlotsDenied, Text = text };

    internal static Failure Checkpoint(string text) => new() { Code = CheckpointFailed, Text = text };

    internal static Failure Inside(string text) => new() { Code = CommonErrors.Internal, Text = $"{CommonErrors.Internal} - {text}" };
}
