using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;

namespace Chunnel.Engine;

/// <summary>Lines in a file that rolls by size and day; rolling and retention are Serilog's.</summary>
public sealed class FileLines : ILineSink, IDisposable
{
    private const long RollBytes = 100L << 20;
    private const int KeptFiles = 100;

    private readonly Logger _file;

    /// <param name="path">The file.</param>
    /// <param name="rolls">False for a job's own file, which lives as long as the job.</param>
    public FileLines(string path, bool rolls)
    {
        Path = path;
        _file = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.File(
                path,
                outputTemplate: "{Message:lj}{NewLine}",
                rollOnFileSizeLimit: rolls,
                fileSizeLimitBytes: rolls ? RollBytes : null,
                retainedFileCountLimit: rolls ? KeptFiles : null,
                shared: false)
            .CreateLogger();
    }

    public string Path { get; }

    public void Write(LogLevel level, string line) => _file.Information("{Line:l}", line);

    public void Dispose() => _file.Dispose();
}
