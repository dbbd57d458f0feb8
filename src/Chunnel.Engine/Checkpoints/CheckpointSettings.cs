using Chunnel.Config.Env;
using Chunnel.Control;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>What a node's settings say about checkpoints (engine.md 12).</summary>
public sealed record CheckpointSettings
{
    /// <summary>For jobs in streaming mode that say nothing.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a change of a schema to go through a pipeline, and for the checkpoint behind it.</summary>
    public TimeSpan SchemaChangeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan MinPause { get; init; } = TimeSpan.Zero;

    /// <summary>Whether the checkpoints of a cancelled job stay, so that it can be gone on with.</summary>
    public bool RetainAfterCancel { get; init; }

    /// <summary>What a job gets: in batch mode periodic checkpoints are taken only where its env has an interval, and only then a timeout counts.</summary>
    public CheckpointPolicy PolicyFor(EnvOptions env)
    {
        var interval = env.CheckpointInterval ?? (env.Mode == JobMode.Streaming ? Interval : null);
        var policy = new CheckpointPolicy { Interval = interval, MinPause = env.CheckpointMinPause ?? MinPause, SchemaChangeTimeout = SchemaChangeTimeout };
        return interval is null ? policy : policy with { Timeout = env.CheckpointTimeout ?? Timeout };
    }
}
