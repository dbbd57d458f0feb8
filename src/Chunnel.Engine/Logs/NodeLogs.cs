using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// The logs of a node: its own file, and one a job beside it, or all in one. Where no folder is given, as in a local run, everything goes to
/// the terminal.
/// </summary>
public sealed class NodeLogs : IJobLogs, IDisposable
{
    private readonly string? _folder;
    private readonly IReadOnlyList<ILineSink> _console;
    private readonly RollingLines? _nodeFile;
    private readonly bool _mixesJobs;
    private readonly TimeProvider _clock;
    private readonly TimeSpan? _kept;

    /// <param name="folder">Where files go, made when missing; null writes none.</param>
    /// <param name="nodeFileName">The node's own file, e.g. <c>seatunnel-engine-server.log</c>.</param>
    /// <param name="console">The terminal, or null.</param>
    /// <param name="clock">The time of the lines.</param>
    /// <param name="kept">How long after its last line a job's file is kept; null keeps all.</param>
    /// <param name="mixesJobs">Jobs have no files of their own: their lines, with their ids, go to the node's.</param>
    public NodeLogs(string? folder, string nodeFileName, ILineSink? console, TimeProvider clock, TimeSpan? kept = null, bool mixesJobs = false)
    {
        _mixesJobs = mixesJobs;
        _kept = kept;
        _folder = folder;
        _clock = clock;
        _console = console is null ? [] : [console];
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            DeleteExpired(folder);
            _nodeFile = new RollingLines(Path.Combine(folder, nodeFileName), clock);
        }
        Node = new LineLogger(LogLevels.Node, "", _nodeFile is null ? _console : [.. _console, _nodeFile], clock, Levels);
    }

    public ILogger Node { get; }

    /// <summary>How much they say.</summary>
    public LogLevels Levels { get; } = new();

    public static string FileNameOf(long jobId) => string.Create(CultureInfo.InvariantCulture, $"job-{jobId}.log");

    public JobLog Open(long jobId)
    {
        var file = _folder is null || _mixesJobs ? null : new FileLines(Path.Combine(_folder, FileNameOf(jobId)));
        ILineSink? sink = _mixesJobs ? _nodeFile : file;
        var log = new LineLogger(LogLevels.Job, jobId.ToString(CultureInfo.InvariantCulture), sink is null ? _console : [.. _console, sink], _clock, Levels);
        return new JobLog(log, file);
    }

    public void Forget(long jobId)
    {
        if (_folder is null || _kept is null) return;
        try
        {
            File.Delete(Path.Combine(_folder, FileNameOf(jobId)));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Node.Warned($"{FileNameOf(jobId)} could not be deleted: {refused.Message}");
        }
    }

    public void Dispose() => _nodeFile?.Dispose();

    /// <summary>Files of jobs from before this node's start: nobody remembers those jobs, so their files go by age.</summary>
    private void DeleteExpired(string folder)
    {
        if (_kept is not { } kept) return;
        var oldest = _clock.GetUtcNow().UtcDateTime - kept;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("job-*.log").Where(file => file.LastWriteTimeUtc < oldest)) file.Delete();
    }
}
