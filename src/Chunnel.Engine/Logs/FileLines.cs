using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;

namespace Chunnel.Engine;

/// <summary>Lines in a file.</summary>
public sealed class FileLines : ILineSink, IDisposable
{
    private readonly Logger _file;

    public FileLines(string path) => _file = new LoggerConfiguration()
        .MinimumLevel.Verbose()
        .WriteTo.File(path, outputTemplate: "{Message:lj}{NewLine}", fileSizeLimitBytes: null)
        .CreateLogger();

    public void Write(LogLevel level, string line) => _file.Information("{Line:l}", line);

    public void Dispose() => _file.Dispose();
}
