namespace Chunnel.Control;

/// <summary>How a pipeline takes its checkpoints (engine.md 6.2).</summary>
public sealed record CheckpointPolicy
{
    /// <summary>From one trigger to the next; null where nothing is taken periodically.</summary>
    public TimeSpan? Interval { get; init => field = value is null || value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Interval)); }

    /// <summary>The least time between the completion of a checkpoint and the next periodic trigger.</summary>
    public TimeSpan MinPause { get; init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(MinPause)); }

    /// <summary>
    /// From the trigger of a checkpoint until it is stored, and from the completion of the last one to the end of the closing
    /// pipeline. Without periodic checkpoints a last flush may take its time.
    /// </summary>
    public TimeSpan Timeout { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Timeout)); } = TimeSpan.FromDays(1);

    /// <summary>From a complete checkpoint before a change of a schema until a reader has handed it on, and from then until the checkpoint behind it is stored.</summary>
    public TimeSpan SchemaChangeTimeout { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(SchemaChangeTimeout)); } = TimeSpan.FromSeconds(30);

    /// <summary>A trigger that finds a checkpoint under way comes again after this time.</summary>
    internal static TimeSpan Retry { get; } = TimeSpan.FromMilliseconds(500);
}
