using System.Globalization;

namespace Chunnel.Engine;

/// <summary>
/// Where state is written before its checkpoint counts: <c>job/parts/attempt/checkpoint-pipeline</c>. Another attempt has another name, so that
/// an old one changes nothing of a new one's.
/// </summary>
internal readonly record struct CheckpointPartKey(long JobId, int Attempt, long CheckpointId, int PipelineId)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{JobId}/parts/{Attempt}/{CheckpointId}-{PipelineId}");

    public static string AllOf(long jobId) => string.Create(CultureInfo.InvariantCulture, $"{jobId}/parts/");

    public static CheckpointPartKey Of(CheckpointHeader header) => new(header.JobId, header.Attempt, header.CheckpointId, header.PipelineId);

    public static CheckpointPartKey? Parse(string key) =>
        key.Split('/') is [var job, "parts", var attempt, var name] && name.Split('-') is [var checkpoint, var pipeline]
        && CheckpointFile.Number64(job, NumberStyles.AllowLeadingSign) is { } jobId && CheckpointFile.Number64(attempt) is <= int.MaxValue and { } attemptNumber
        && CheckpointFile.Number64(checkpoint) is { } checkpointId && CheckpointFile.Number64(pipeline) is <= int.MaxValue and { } pipelineId
            ? new CheckpointPartKey(jobId, (int)attemptNumber, checkpointId, (int)pipelineId)
            : null;
}
