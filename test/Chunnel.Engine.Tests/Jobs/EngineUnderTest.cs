using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine.Tests;

/// <summary>An engine with the test plug-ins and a log that can be read.</summary>
internal sealed class EngineUnderTest : IAsyncDisposable
{
    private readonly RecordedLines _lines = new();

    public EngineUnderTest(TimeProvider? clock = null, NumbersPlugin? source = null, CollectPlugin? sink = null, EngineStorage? storage = null, ChangingPlugin? changing = null, LedgerPlugin? ledger = null, long realtimeNumbers = RealtimeMetrics.UsualNumbers, long memoryBytes = 64 << 20)
    {
        (Source, Sink) = (source ?? new NumbersPlugin(), sink ?? new CollectPlugin());
        (Changing, Ledger) = (changing ?? new ChangingPlugin(), ledger ?? new LedgerPlugin());
        clock ??= TimeProvider.System;
        Logs = new NodeLogs(null, "", _lines, clock);
        Engine = new ChunnelEngine(
            new EngineSettings { MemoryBytes = memoryBytes, RealtimeNumbers = realtimeNumbers },
            new PluginRegistry([
                new PluginEntry(PluginKind.Source, "Numbers", () => Source),
                new PluginEntry(PluginKind.Transform, "Odd", () => new OddFilterPlugin()),
                new PluginEntry(PluginKind.Transform, "OwnPicky", () => new PickyPlugin()),
                new PluginEntry(PluginKind.Sink, "Collect", () => Sink),
                new PluginEntry(PluginKind.Source, "Changing", () => Changing),
                new PluginEntry(PluginKind.Sink, "Ledger", () => Ledger),
            ], [new PluginEntry(PluginKind.Transform, "Picky", () => new PickyPlugin())]),
            Logs,
            clock,
            storage);
    }

    public NumbersPlugin Source { get; }

    public CollectPlugin Sink { get; }

    public ChangingPlugin Changing { get; }

    public LedgerPlugin Ledger { get; }

    public NodeLogs Logs { get; }

    public ChunnelEngine Engine { get; }

    public IReadOnlyList<string> Lines => _lines.All;

    /// <summary>The first line of the log with this in it breaks the shell of the job that says it.</summary>
    public void BreakAt(string line) => _lines.BreaksAt = line;

    public static JobDefinition Define(string hocon) => JobLoader.Load(new JobText(hocon, JobFormat.Hocon));

    public Task<JobHandle> SubmitAsync(string hocon, long? jobId = null) =>
        Engine.SubmitAsync(new JobSubmission { Definition = Define(hocon), JobId = jobId }, TestContext.Current.CancellationToken);

    /// <summary>The job as it ended.</summary>
    public async Task<JobView> EndOf(long jobId)
    {
        await Until(() => Engine.Find(jobId) is { Status.IsTerminal: true });
        return Engine.Find(jobId)!;
    }

    /// <summary>Waits for a condition, for a minute at most.</summary>
    public async Task Until(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException(string.Join('\n', Lines));
            await Task.Yield();
        }
    }

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

        /// <summary>The first line with this in it throws: a fault where none is expected.</summary>
        public string? BreaksAt { get; set; }

        public void Write(LogLevel level, string line)
        {
            lock (_lines)
            {
                _lines.Add(line);
                if (BreaksAt is not { } mark || !line.Contains(mark, StringComparison.Ordinal)) return;
                BreaksAt = null;
            }
            throw new InvalidOperationException("the log broke");
        }
    }
}
