using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>A live line per pipeline on a terminal, rewritten in place. Other output must not run at the same time: rows of a Console sink go through <see cref="Print"/>.</summary>
internal sealed class TerminalReporter(TextWriter output, TextWriter errors) : IRunReporter
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

    public void Progress(JobView job, TimeSpan running)
    {
        lock (_lock)
        {
            EraseLive();
            foreach (var pipeline in job.Pipelines) output.WriteLine(ProgressLine.Of(pipeline, running));
            _liveLines = job.Pipelines.Count;
        }
    }

    public void Ended(JobView job, DateTimeOffset started, DateTimeOffset ended)
    {
        Progress(job, ended - started);
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
