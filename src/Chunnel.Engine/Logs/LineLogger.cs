using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// Lays lines out as SeaTunnel does (spec engine.md 11.5):
/// <c>[jobId] yyyy-MM-dd HH:mm:ss,SSS LEVEL [logger] [thread] - message</c>.
/// </summary>
public sealed class LineLogger(string name, string jobId, IReadOnlyList<ILineSink> sinks, TimeProvider clock, LogLevels levels) : ILogger
{
    private const int NameWidth = 30;

    private readonly string _shownName = name.Length > NameWidth ? name[^NameWidth..] : name.PadRight(NameWidth);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= levels.Of(name) && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var thread = Thread.CurrentThread.Name ?? string.Create(CultureInfo.InvariantCulture, $"thread-{Environment.CurrentManagedThreadId}");
        var time = clock.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture);
        var line = $"[{jobId}] {time} {LevelOf(logLevel)} [{_shownName}] [{thread}] - {formatter(state, exception)}";
        if (exception is not null) line = $"{line}{Environment.NewLine}{exception}";
        foreach (var sink in sinks) sink.Write(logLevel, line);
    }

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO ",
        LogLevel.Warning => "WARN ",
        _ => "ERROR",
    };
}
