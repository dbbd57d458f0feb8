namespace Chunnel.Connectors.Fake;

/// <summary>What a run of the source begins with and every split carries, so that rows made again after a restore are the same.</summary>
/// <param name="Seed">What all chance of the run comes from.</param>
/// <param name="Now">What CURRENT_TIMESTAMP and the current year mean in the run.</param>
internal sealed record FakeStart(ulong Seed, DateTimeOffset Now);
