namespace Chunnel.Control;

/// <summary>The verdict, and the sentence for the log or the caller where there is one.</summary>
public sealed record Submission(SubmitVerdict Verdict, string? Text = null)
{
    /// <param name="jobId">The id that the submit names, or the one it was given.</param>
    /// <param name="known">What is remembered under that id; null or UNKNOWABLE if nothing is.</param>
    /// <param name="startsFromSavepoint">The submit says so.</param>
    public static Submission Decide(long jobId, JobStatus? known, bool startsFromSavepoint) => known switch
    {
        null or JobStatus.Unknowable => new(SubmitVerdict.Start),
        { IsTerminal: false } => new(SubmitVerdict.AlreadyThere, $"The job {jobId} is currently running; no need to submit again."),
        _ when startsFromSavepoint => new(SubmitVerdict.Start),
        _ => new(SubmitVerdict.Refused, $"The job id {jobId} has already been submitted and is not starting with a savepoint."),
    };
}
