using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>Where finished log lines go. Called from any thread.</summary>
public interface ILineSink
{
    /// <summary>Writes one line, or several when an error has a trace; without a line break at the end.</summary>
    void Write(LogLevel level, string line);
}
