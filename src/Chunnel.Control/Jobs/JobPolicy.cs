namespace Chunnel.Control;

/// <summary>What the job's env and the node's settings say about how it is run.</summary>
public sealed record JobPolicy
{
    /// <summary><c>job.retry.times</c>: restores per pipeline over the job's life; 0 is never.</summary>
    public int RetryTimes { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(RetryTimes)); } = 3;

    /// <summary><c>job.retry.interval.seconds</c>: from the end of a failed attempt to the next.</summary>
    public TimeSpan RetryInterval { get; init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(RetryInterval)); } = TimeSpan.FromSeconds(3);

    /// <summary><c>pipeline_concurrency</c>: pipelines that hold or ask for slots at once, each from its first request to its end; null is all of them.</summary>
    public int? PipelineConcurrency { get; init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(PipelineConcurrency)); }

    /// <summary>False when the job starts from a savepoint, or has no sink with save modes.</summary>
    public bool RunsSaveModes { get; init; } = true;

    public CheckpointPolicy Checkpoints { get; init; } = new();

    public JobDeadlines Deadlines { get; init; } = new();
}
