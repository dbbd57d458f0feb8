using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>A sink with its writers and committer, driven checkpoint by checkpoint.</summary>
internal sealed class SinkRun : IAsyncDisposable
{
    private readonly ISink _sink;
    private readonly ISinkWriter[] _writers;
    private readonly IAggregatedCommitter? _committer;

    private SinkRun(ISink sink, int parallelism, IReadOnlyList<IReadOnlyList<byte[]>> states, int attempt, string vertex, TimeProvider clock, IRowRefusals refusals)
    {
        _sink = sink;
        var restored = states.SelectMany(own => own).Select(PgWriterState.FromBytes).Select(state => state.CheckpointId).DefaultIfEmpty().Max();
        _writers = [.. Enumerable.Range(0, parallelism).Select(i => sink.CreateWriter(
            new WriterContext { Subtask = i, Parallelism = parallelism, Attempt = attempt, RestoredCheckpoint = restored, Sink = vertex, Memory = BatchMemory.Unlimited(), Warn = Warnings.Add, Clock = clock, Refusals = refusals }, i < states.Count ? states[i] : []))];
        _committer = sink.CreateAggregatedCommitter();
    }

    /// <summary>What the writers told the log.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Rows of the first writer that may still be refused.</summary>
    public long Unsettled => _writers[0].UnsettledRows;

    public bool IsTimed => _writers[0] is TimedWriter;

    /// <summary>The writer, where its rows are seen by time.</summary>
    public TimedWriter Timed => (TimedWriter)_writers[0];

    public string? Wire => _sink.Wire;

    public SinkDelivery Delivery => _sink.Delivery;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SinkRun> StartAsync(Db db, string more, TableSchema table, int parallelism = 1, IReadOnlyList<IReadOnlyList<byte[]>>? states = null, string jobId = "42", bool saveMode = true, int attempt = 1, string vertex = "Sink[0]-Jdbc", TimeProvider? clock = null, IRowRefusals? refusals = null)
    {
        var settings = TablePlaceholders.Apply(db.Settings(more), table, []);
        var sink = await new JdbcSinkPlugin().CreateAsync(new SinkContext { Settings = settings, Table = table, JobId = jobId }, Stop);
        if (saveMode && sink.SaveMode is { } mode)
        {
            await using (mode) await PrepareAsync(mode);
        }
        var run = new SinkRun(sink, parallelism, states ?? [], attempt, vertex, clock ?? TimeProvider.System, refusals ?? NoRefusals.Allowed);
        try
        {
            foreach (var writer in run._writers) await writer.OpenAsync(Stop);
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
        return run;
    }

    public async Task WriteAsync(IReadOnlyCollection<BoxedRow> rows, int writer = 0) =>
        await _writers[writer].WriteAsync(BoxedRows.ToBatch(_sink.Table, rows, BatchMemory.Unlimited()), Stop);

    public async Task ApplyAsync(SchemaChange change) => await _writers[0].ApplyAsync(change, Stop);

    public async Task WriteAsync(ColumnBatch batch, int writer = 0) => await _writers[writer].WriteAsync(batch, Stop);

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

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers) await writer.DisposeAsync();
        if (_committer is not null) await _committer.DisposeAsync();
        await _sink.DisposeAsync();
    }

    /// <summary>As the engine does it: structure first, then data.</summary>
    private static async Task PrepareAsync(ISaveMode mode)
    {
        var exists = await mode.TableExistsAsync(Stop);
        if (mode.Schema == SchemaSaveMode.RecreateSchema && exists) await mode.DropTableAsync(Stop);
        if (mode.Schema == SchemaSaveMode.RecreateSchema || mode.Schema == SchemaSaveMode.CreateSchemaWhenNotExist && !exists) await mode.CreateTableAsync(Stop);
        if (mode.Data == DataSaveMode.DropData) await mode.DropDataAsync(Stop);
        if (mode.Data == DataSaveMode.CustomProcessing) await mode.RunCustomAsync(Stop);
    }

    /// <summary>What a checkpoint keeps of a sink.</summary>
    public sealed record Prepared(byte[]? Aggregate, IReadOnlyList<IReadOnlyList<byte[]>> States);
}
