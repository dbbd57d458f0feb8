namespace Chunnel.Engine;

/// <summary>Storage is out of reach, and the log tries again and again.</summary>
/// <param name="Since">When it began.</param>
/// <param name="Reason">What storage said last.</param>
public sealed record LogTrouble(DateTimeOffset Since, string Reason);
