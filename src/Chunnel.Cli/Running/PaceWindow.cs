using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>Tells a pipeline's pace from what was seen of it in the last seconds: so it says what is, not what was.</summary>
internal sealed class PaceWindow
{
    /// <summary>Long enough to even out bursts, short enough to notice when a job speeds up or slows down.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);

    /// <summary>Nothing is foretold from less.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>What would take longer is not told: the job hardly moves.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromDays(30);

    private readonly TimeProvider _clock;
    private readonly Queue<Sight> _seen = new();

    public PaceWindow(TimeProvider clock)
    {
        _clock = clock;
        _seen.Enqueue(new Sight(clock.GetTimestamp(), 0, null));
    }

    public PipelinePace See(PipelineView pipeline)
    {
        var now = new Sight(_clock.GetTimestamp(), pipeline.Metrics.Read.Rows, pipeline.Progress?.Share);
        // A pipeline that begins anew has another pace.
        if (_seen.Any(before => before.Rows > now.Rows || before.Share > now.Share)) _seen.Clear();
        _seen.Enqueue(now);
        while (_seen.Count > 2 && _clock.GetElapsedTime(_seen.ElementAt(1).At, now.At) >= Span) _seen.Dequeue();
        var first = _seen.Peek();
        var seconds = _clock.GetElapsedTime(first.At, now.At).TotalSeconds;
        return new PipelinePace(pipeline, seconds > 0 ? (now.Rows - first.Rows) / seconds : 0, Left(now));
    }

    private TimeSpan? Left(Sight now)
    {
        if (now.Share is not { } share || share >= 1) return null;
        var first = _seen.First(sight => sight.Share is not null);
        var time = _clock.GetElapsedTime(first.At, now.At);
        var done = share - first.Share!.Value;
        if (time < Least || done <= 0) return null;
        var seconds = (1 - share) / done * time.TotalSeconds;
        return seconds < Most.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private readonly record struct Sight(long At, long Rows, double? Share);
}
