using Chunnel.Core;
using Chunnel.TestKit;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>A medium, and the logs that nodes open on it one after the other.</summary>
internal sealed class LogUnderTest(ILogMedium medium) : IAsyncDisposable
{
    private readonly List<ControlLog> _opened = [];

    public LogUnderTest()
        : this(new MemoryMedium())
    {
    }

    public ILogMedium Medium => medium;

    public ControlLogSettings Settings { get; init; } = new();

    /// <summary>What the logs said, warnings and errors only.</summary>
    public SaidLines Said { get; } = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<(ControlLog Log, AllRecords State)> OpenAsync()
    {
        var state = new AllRecords();
        var log = await ControlLog.OpenAsync(medium, state, Settings, TimeProvider.System, Said, Stop);
        _opened.Add(log);
        return (log, state);
    }

    /// <summary>What a node would read that opened the log now.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync() => (await OpenAsync()).State.Texts;

    public async ValueTask DisposeAsync()
    {
        foreach (var log in _opened) await log.DisposeAsync();
        await medium.DisposeAsync();
    }
}

/// <summary>Keeps warnings and errors.</summary>
internal sealed class SaidLines : ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
