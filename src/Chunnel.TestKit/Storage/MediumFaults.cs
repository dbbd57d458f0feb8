namespace Chunnel.TestKit;

/// <summary>How often a medium misbehaves, each as a chance from 0 to 1. The same seed misbehaves in the same way.</summary>
public sealed record MediumFaults(int Seed)
{
    /// <summary>The request never arrives; whoever asked is told that it is not known.</summary>
    public double LosesRequest { get; init; }

    /// <summary>The request is told to be lost, and arrives later all the same.</summary>
    public double DelaysRequest { get; init; }

    /// <summary>It is done, and whoever asked is told that it is not known.</summary>
    public double LosesReply { get; init; }

    /// <summary>A part of the value is written and stays, as after a power cut on a disk that lies; whoever asked is told that it is not known.</summary>
    public double TearsWrite { get; init; }

    /// <summary>The longest that a call, or a request that arrives late, takes.</summary>
    public TimeSpan LongestDelay { get; init; }
}
