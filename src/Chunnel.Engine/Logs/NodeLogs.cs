using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// The logs of a node: its own file, and one a job beside it. Where no folder is given, as in a local run, everything goes to the terminal.
/// </summary>
public sealed class NodeLogs : IJobLogs, IDisposable
{
    private readonly string? _folder;
    private readonly IReadOnlyList<ILineSink> _console;
    private readonly FileLines? _nodeFile;
    private readonly TimeProvider _clock;

    /// <param name="folder">Where files go, made when missing; null writes none.</param>
    /// <param name="nodeFileName">The node's own file, e.g. <c>seatunnel-engine-server.log</c>.</param>
    /// <param name="console">The terminal, or null.</param>
    /// <param name="clock">The time of the lines.</param>
    public NodeLogs(string? folder, string nodeFileName, ILineSink? console, TimeProvider clock)
    {
        _folder = folder;
        _clock = clock;
        _console = console is null ? [] : [console];
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            _nodeFile = new FileLines(Path.Combine(folder, nodeFileName), rolls: true);
        }
        Node = new LineLogger("chunnel.Node", "", _nodeFile is null ? _console : [.. _console, _nodeFile], clock);
    }

    public ILogger Node { get; }

    public static string FileNameOf(long jobId) => string.Create(CultureInfo.InvariantCulture, $"job-{jobId}.log");

    public JobLog Open(long jobId)
    {
        var file = _folder is null ? null : new FileLines(Path.Combine(_folder, FileNameOf(jobId)), rolls: false);
        var log = new LineLogger("chunnel.Job", jobId.ToString(CultureInfo.InvariantCulture), file is null ? _console : [.. _console, file], _clock);
        return new JobLog(log, file);
    }

    public void Dispose() => _nodeFile?.Dispose();
}
