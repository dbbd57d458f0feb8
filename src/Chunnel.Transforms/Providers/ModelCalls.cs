using Chunnel.Core;

namespace Chunnel.Transforms.Providers;

/// <summary>How a model is asked: how often, how long, how fast.</summary>
internal sealed record ModelCalls
{
    public required int Attempts { get; init; }

    public required TimeSpan Backoff { get; init; }

    public required TimeSpan MaxBackoff { get; init; }

    public required TimeSpan RetryAfterLimit { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int Parallel { get; init; }

    public required int? RequestsPerMinute { get; init; }

    public required int? TokensPerMinute { get; init; }

    public static ModelCalls Of(SettingsObject settings) => new()
    {
        Attempts = ModelOptions.Attempts.Read(settings),
        Backoff = ModelOptions.Backoff.Read(settings),
        MaxBackoff = ModelOptions.MaxBackoff.Read(settings),
        RetryAfterLimit = ModelOptions.RetryAfterLimit.Read(settings),
        Timeout = ModelOptions.Timeout.Read(settings),
        Parallel = ModelOptions.Parallel.Read(settings),
        RequestsPerMinute = ModelOptions.RequestsPerMinute.TryRead(settings, out var requests) ? requests : null,
        TokensPerMinute = ModelOptions.TokensPerMinute.TryRead(settings, out var tokens) ? tokens : null,
    };

    /// <summary>The rows of a batch that keeps the requests in flight busy and a barrier behind it waiting for some seconds only.</summary>
    public int BatchRows(int rowsPerRequest)
    {
        const int rounds = 4;
        const int secondsOfALimit = 10;
        var requests = (long)Parallel * rounds;
        if (RequestsPerMinute is { } limit) requests = Math.Min(requests, Math.Max(1, (long)limit * secondsOfALimit / 60));
        return (int)Math.Clamp(requests * rowsPerRequest, 1, ColumnBatch.AimRows);
    }
}
