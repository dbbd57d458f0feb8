using System.Globalization;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>Plain lines, for a pipe or a file.</summary>
internal sealed class PlainReporter(TextWriter output, TextWriter errors) : IRunReporter
{
    public TimeSpan Interval => TimeSpan.FromSeconds(10);

    public void Problem(Problem problem) => errors.WriteLine(problem);

    public void Started(JobView job) => output.WriteLine($"Job {job.Name} ({job.JobId}) started with {job.Pipelines.Count} pipeline(s) in {job.Slots} slots.");

    public void Progress(JobView job, IReadOnlyList<PipelinePace> paces, TimeSpan running)
    {
        foreach (var pace in paces) output.WriteLine(ProgressLine.Of(pace));
    }

    public void Stopping() => errors.WriteLine("The job is being cancelled. A second signal ends this program at once.");

    public void Ended(JobView job, DateTimeOffset started, DateTimeOffset ended)
    {
        if (job.ErrorText is not null) errors.WriteLine(job.ErrorText);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Job ({job.JobId}) end with state {job.Status.Name}"));
        if (job.ErrorText is null) output.WriteLine(ClosingStatistics.Of(job, started, ended));
    }

    public void Dispose()
    {
    }
}
