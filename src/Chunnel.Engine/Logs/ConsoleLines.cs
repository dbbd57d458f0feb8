using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>Lines on the terminal: below a warning to one writer, from a warning on to the other (spec engine.md 11.5, Client).</summary>
public sealed class ConsoleLines(TextWriter output, TextWriter errors) : ILineSink
{
    private readonly Lock _lock = new();

    public void Write(LogLevel level, string line)
    {
        lock (_lock) (level >= LogLevel.Warning ? errors : output).WriteLine(line);
    }
}
