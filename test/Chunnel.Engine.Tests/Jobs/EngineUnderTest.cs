using Chunnel.Core;
using Chunnel.Config;
using Chunnel.Plugins;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine.Tests;

/// <summary>An engine with the test plug-ins and a log that can be read.</summary>
internal sealed class EngineUnderTest : IAsyncDisposable
{
    private readonly RecordedLines _lines = new();

    public EngineUnderTest(TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        Logs = new NodeLogs(null, "", _lines, clock);
        Engine = new ChunnelEngine(
            new EngineSettings { MemoryBytes = 64 << 20 },
            new PluginRegistry([
                new PluginEntry(PluginKind.Source, "Numbers", () => Source),
                new PluginEntry(PluginKind.Transform, "Odd", () => new OddFilterPlugin()),
                new PluginEntry(PluginKind.Sink, "Collect", () => Sink),
            ]),
            Logs,
            clock);
    }

    public NumbersPlugin Source { get; } = new();

    public CollectPlugin Sink { get; } = new();

    public NodeLogs Logs { get; }

    public ChunnelEngine Engine { get; }

    public IReadOnlyList<string> Lines => _lines.All;

    public static JobDefinition Define(string hocon) => JobLoader.Load(new JobText(hocon, JobFormat.Hocon));

    public Task<JobHandle> SubmitAsync(string hocon) =>
        Engine.SubmitAsync(new JobSubmission { Definition = Define(hocon) }, TestContext.Current.CancellationToken);

    public async Task<JobView> RunAsync(string hocon)
    {
        var handle = await SubmitAsync(hocon);
        return await handle.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        Logs.Dispose();
    }

    private sealed class RecordedLines : ILineSink
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public void Write(LogLevel level, string line)
        {
            lock (_lines) _lines.Add(line);
        }
    }
}
