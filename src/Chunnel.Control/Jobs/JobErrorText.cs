namespace Chunnel.Control;

/// <summary>What a person reads when a job has failed: the failure that ended it, and the first one if that was another.</summary>
internal static class JobErrorText
{
    public static string? Of(JobState job)
    {
        if (job.Failure is { } failure) return failure.ToString();
        var lost = job.Pipelines.Where(job.IsLostBy).MinBy(pipeline => pipeline.Failure?.At);
        return lost is { Failure.Failure: { } last } ? Of(lost, last) : null;
    }

    private static string Of(PipelineState lost, Failure last) =>
        lost.FirstFailure is { } first && first.Text != last.Text
            ? $"{last}\nThe first of {lost.RestoresUsed + 1} attempts failed with: {first}"
            : last.ToString();
}
