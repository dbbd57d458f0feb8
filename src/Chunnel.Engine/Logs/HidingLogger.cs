using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>A job's log that says nothing of the job's secrets, whoever writes to it and whatever a plug-in's error holds.</summary>
internal sealed class HidingLogger(ILogger log, SecretValues secrets) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var line = formatter(state, exception);
        var shown = secrets.Hide(line);
        var error = exception is null ? null : Shown(exception);
        // The values of a line that holds no secret stay fields.
        if (ReferenceEquals(shown, line)) log.Log(logLevel, eventId, state, error, formatter);
        else log.Log(logLevel, eventId, shown, error, static (text, _) => text);
    }

    private Exception Shown(Exception exception)
    {
        var trace = exception.ToString();
        var shown = secrets.Hide(trace);
        return ReferenceEquals(shown, trace) ? exception : new HiddenException(secrets.Hide(exception.Message), shown);
    }

    private sealed class HiddenException(string message, string trace) : Exception(message)
    {
        public override string ToString() => trace;
    }
}
