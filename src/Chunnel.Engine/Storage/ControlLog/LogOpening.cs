namespace Chunnel.Engine;

/// <summary>What an opening found and did.</summary>
public sealed record LogOpening
{
    /// <summary>The epoch that was claimed.</summary>
    public required long Epoch { get; init; }

    /// <summary>The epoch that was read; 0 where the log was empty.</summary>
    public long ReadEpoch { get; init; }

    public long Segments { get; init; }

    /// <summary>Records of the snapshot and after it.</summary>
    public long Records { get; init; }

    public long Bytes { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>Torn writes at the end of an epoch that were left out, as sentences. Nobody was told that they were kept.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
