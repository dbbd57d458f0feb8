namespace Chunnel.Rest;

/// <summary>What is said of a job that was taken.</summary>
internal sealed record AcceptedJob(long JobId, string Name);
