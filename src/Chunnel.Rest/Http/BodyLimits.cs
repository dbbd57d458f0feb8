namespace Chunnel.Rest;

/// <summary>What the body of a request may ask of a node: whoever sends more, or takes longer, is answered 413 or 408.</summary>
public sealed record BodyLimits
{
    /// <summary>Bytes. A job text may have as many characters as the reader of jobs takes; each up to four bytes.</summary>
    public long Most { get; init; } = 4L * Config.JobLoader.MaxTextLength;

    /// <summary>Bytes of a form with a job file; null: no fewer than of any other body.</summary>
    public long? MostUpload { get; init; }

    /// <summary>Bytes of the job file in it; null: as many as the form has.</summary>
    public long? MostUploadFile { get; init; }

    /// <summary>How long a body may take from its first byte to its last.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);
}
