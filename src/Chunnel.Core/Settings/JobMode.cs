namespace Chunnel.Core;

/// <summary>Whether a job ends by itself.</summary>
public enum JobMode
{
    Batch,
    Streaming,
}
