namespace Chunnel.Bench;

/// <summary>What a bench must reach, and what it did.</summary>
internal sealed record Target(string Bench, string Must, string Found, bool Reached);
