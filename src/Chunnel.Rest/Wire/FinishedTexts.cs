using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>The texts of the last list of ended jobs: whoever asks again before another job has ended gets them without a look at each.</summary>
internal sealed class FinishedTexts
{
    private volatile List? _last;

    /// <param name="jobs">The list: the same object as long as nothing has changed.</param>
    /// <param name="text">The text of one.</param>
    public IReadOnlyList<byte[]> Of(IReadOnlyList<JobView> jobs, Func<JobView, byte[]> text)
    {
        if (_last is { } last && ReferenceEquals(last.Jobs, jobs)) return last.Texts;
        byte[][] texts = [.. jobs.Select(text)];
        _last = new List(jobs, texts);
        return texts;
    }

    private sealed record List(IReadOnlyList<JobView> Jobs, byte[][] Texts);
}
