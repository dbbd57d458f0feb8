using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>A live line per pipeline on a terminal, rewritten in place. Other output must not run at the same time: rows of a Console sink go through <see cref="Print"/>.</summary>
/// <param name="output">The terminal.</param>
/// <param name="errors">Where errors go.</param>
/// <param name="width">The terminal's columns now: a line that breaks could not be rewritten.</param>
internal sealed class TerminalReporter(TextWriter output, TextWriter errors, Func<int> width) : IRunReporter
{
    private readonly PlainReporter _plain = new(output, errors);
    private readonly Lock _lock = new();
    private int _liveLines;

    public TimeSpan Interval => TimeSpan.FromMilliseconds(200);

    public void Problem(Problem problem) => _plain.Problem(problem);

    public void Started(JobView job) => _plain.Started(job);

    /// <summary>Writes a line above the live ones.</summary>
    public void Print(string line)
    {
        lock (_lock)
        {
            EraseLive();
            output.WriteLine(line);
        }
    }

    public void Progress(JobView job, IReadOnlyList<PipelinePace> paces, TimeSpan running)
    {
        var columns = width();
        lock (_lock)
        {
            EraseLive();
            foreach (var pace in paces)
            {
                var line = ProgressLine.Of(pace);
                output.WriteLine(columns > 0 && line.Length > columns ? line[..columns] : line);
            }
            _liveLines = paces.Count;
        }
    }

    public void Stopping()
    {
        lock (_lock)
        {
            EraseLive();
            _plain.Stopping();
        }
    }

    public void Ended(JobView job, DateTimeOffset started, DateTimeOffset ended)
    {
        var running = ended - started;
        Progress(job, [.. job.Pipelines.Select(pipeline => PipelinePace.Average(pipeline, running))], running);
        lock (_lock) _liveLines = 0;
        _plain.Ended(job, started, ended);
    }

    public void Dispose() => _plain.Dispose();

    /// <summary>Cursor up and erase to the end of the screen (ECMA-48 CUU, ED).</summary>
    private void EraseLive()
    {
        if (_liveLines > 0) output.Write($"\e[{_liveLines}A\e[J");
        _liveLines = 0;
    }
}
