using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>A sink with its writers and committer, driven checkpoint by checkpoint.</summary>
internal sealed class SinkRun : IAsyncDisposable
{
    private readonly ISink _sink;
    private readonly ISinkWriter[] _writers;
    private readonly IAggregatedCommitter? _committer;

    private SinkRun(ISink sink, int parallelism, IReadOnlyList<IReadOnlyList<byte[]>> states, TimeProvider clock, int attempt, IRowRefusals refusals)
    {
        _sink = sink;
        _writers = [.. Enumerable.Range(0, parallelism).Select(i => sink.CreateWriter(
            new WriterContext { Subtask = i, Parallelism = parallelism, Attempt = attempt, Memory = BatchMemory.Unlimited(), Clock = clock, Warn = Warnings.Add, Refusals = refusals },
            i < states.Count ? states[i] : []))];
        _committer = sink.CreateAggregatedCommitter();
    }

    /// <summary>What the writers told the log.</summary>
    public List<string> Warnings { get; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ISink> SinkAsync(string json, TableSchema table) =>
        await new LocalFileSink().CreateAsync(new SinkContext { Settings = Jobs.Settings(json), Table = table, JobId = "42" }, Stop);

    public static async Task<SinkRun> StartAsync(string json, TableSchema table, int parallelism = 1, TimeProvider? clock = null, IRowRefusals? refusals = null) =>
        await StartAsync(await SinkAsync(json, table), parallelism, [], clock, refusals: refusals);

    public static async Task<SinkRun> StartAsync(ISink sink, int parallelism, IReadOnlyList<IReadOnlyList<byte[]>> states, TimeProvider? clock = null, int attempt = 1, IRowRefusals? refusals = null)
    {
        var run = new SinkRun(sink, parallelism, states, clock ?? TimeProvider.System, attempt, refusals ?? NoRefusals.Allowed);
        foreach (var writer in run._writers) await writer.OpenAsync(Stop);
        return run;
    }

    /// <summary>Writes all batches by the first writer and commits once.</summary>
    public static async Task WriteAllAsync(string json, TableSchema table, params ColumnBatch[] batches)
    {
        await using var run = await StartAsync(json, table);
        foreach (var batch in batches) await run.WriteAsync(batch);
        await run.EndOfInputAsync();
        await run.CheckpointAsync(1);
    }

    public ValueTask WriteAsync(ColumnBatch batch, int writer = 0) => _writers[writer].WriteAsync(batch, Stop);

    public async Task EndOfInputAsync()
    {
        foreach (var writer in _writers) await writer.EndOfInputAsync(Stop);
    }

    public async Task CheckpointAsync(long id)
    {
        var prepared = await PrepareAsync(id);
        if (prepared.Aggregate is { } aggregate) await CommitAsync(aggregate);
    }

    public async Task<Prepared> PrepareAsync(long id)
    {
        var infos = new List<byte[]>();
        var states = new List<IReadOnlyList<byte[]>>();
        foreach (var writer in _writers)
        {
            if (await writer.PrepareCommitAsync(id, Stop) is { } info) infos.Add(info);
            states.Add(await writer.SnapshotAsync(id, Stop));
        }
        return new Prepared(infos.Count == 0 ? null : _committer!.Combine(infos), states);
    }

    public async Task CommitAsync(byte[] aggregate) => (await _committer!.CommitAsync([aggregate], Stop)).ShouldBeEmpty();

    public async Task RestoreCommitAsync(byte[] aggregate) => await _committer!.RestoreCommitAsync([aggregate], Stop);

    public async Task AbortAsync(byte[] aggregate) => await _committer!.AbortAsync([aggregate], Stop);

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers) await writer.DisposeAsync();
        if (_committer is not null) await _committer.DisposeAsync();
        await _sink.DisposeAsync();
    }

    /// <summary>What a checkpoint keeps of a sink.</summary>
    public sealed record Prepared(byte[]? Aggregate, IReadOnlyList<IReadOnlyList<byte[]>> States);
}
