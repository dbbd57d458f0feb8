namespace Chunnel.Config.Env;

/// <summary>What a node keeps of a job's last minutes: <c>engine.observability</c>.</summary>
public sealed record ObservabilityOptions
{
    public static readonly TimeSpan LeastBucket = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MostRetention = TimeSpan.FromMinutes(10);

    public bool Enabled { get; init; } = true;

    /// <summary>How long one point stands for.</summary>
    public TimeSpan Bucket { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Retention { get; init; } = TimeSpan.FromMinutes(3);
}
