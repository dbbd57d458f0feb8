using System.Globalization;

namespace Chunnel.Engine;

/// <summary>
/// A complete checkpoint by its name, <c>millis-number-pipeline-checkpoint.ser</c> in the folder of its job (engine.md 6.7);
/// <c>-savepoint</c> stands behind the numbers of a savepoint after which the job ran on.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="Completed">Milliseconds since 1970 at its completion; of two files of a pipeline the later one has more.</param>
/// <param name="Number">0 to 999.</param>
/// <param name="PipelineId">The pipeline.</param>
/// <param name="CheckpointId">From 1.</param>
/// <param name="IsPassingSavepoint">Newer ones do not push it out, nor does a cancel take it along.</param>
public readonly record struct CheckpointFile(long JobId, long Completed, int Number, int PipelineId, long CheckpointId, bool IsPassingSavepoint = false)
{
    private const string Extension = ".ser";
    private const string Savepoint = "savepoint";

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Completed}-{Number}-{PipelineId}-{CheckpointId}{(IsPassingSavepoint ? $"-{Savepoint}" : "")}{Extension}");

    /// <summary>Where it lies in its store.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{JobId}/{Name}");

    /// <summary>Null for a name that is none of these.</summary>
    public static CheckpointFile? Parse(string key)
    {
        if (!key.EndsWith(Extension, StringComparison.Ordinal) || key.Split('/') is not [var job, var name]) return null;
        return name[..^Extension.Length].Split('-') is [var completed, var number, var pipeline, var checkpoint, .. [] or [Savepoint]] words
            && Number64(job, NumberStyles.AllowLeadingSign) is { } jobId && Number64(completed) is { } millis && Number64(number) is { } which
            && Number64(pipeline) is <= int.MaxValue and { } pipelineId && Number64(checkpoint) is { } checkpointId
                ? new CheckpointFile(jobId, millis, (int)Math.Min(which, int.MaxValue), (int)pipelineId, checkpointId, words[^1] == Savepoint)
                : null;
    }

    internal static long? Number64(string digits, NumberStyles styles = NumberStyles.None) =>
        long.TryParse(digits, styles, CultureInfo.InvariantCulture, out var value) ? value : null;
}
