using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// The aggregated committer of one sink: gathers what its writers prepared for a checkpoint, and commits it when the checkpoint is
/// complete. Nothing is visible before.
/// </summary>
internal sealed class CommitterTask : IPipelineTask
{
    private readonly Lock _lock = new();
    private readonly Signal _wake = new();
    private readonly CheckpointNews _news = new();
    private readonly ITaskReports _reports;
    private readonly VertexWork _work;
    private readonly LoopTime _time;
    private readonly int _writers;
    private readonly Dictionary<string, IAggregatedCommitter> _committers;
    private readonly IReadOnlyList<TableBytes> _restored;
    private readonly Dictionary<long, Gathering> _gathering = [];
    private readonly SortedDictionary<long, List<TableBytes>> _prepared = [];

    /// <param name="location">Which task it is.</param>
    /// <param name="sinks">One sink a table; those without a committer have nothing to gather.</param>
    /// <param name="writers">Writers of the sink.</param>
    /// <param name="work">Counts what the sink's vertex does.</param>
    /// <param name="time">Of its loop: its to dispose.</param>
    /// <param name="reports">Who is told.</param>
    /// <param name="restored">What an earlier attempt may or may not have committed; empty on a fresh start.</param>
    public CommitterTask(TaskLocation location, IReadOnlyDictionary<string, ISink> sinks, int writers, VertexWork work, LoopTime time, ITaskReports reports, IReadOnlyList<TableBytes> restored)
    {
        _work = work;
        _time = time;
        _restored = restored;
        Location = location;
        _writers = writers;
        _reports = reports;
        _committers = sinks
            .Select(pair => (pair.Key, Committer: pair.Value.CreateAggregatedCommitter()))
            .Where(pair => pair.Committer is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Committer!, StringComparer.Ordinal);
    }

    public TaskLocation Location { get; }

    /// <summary>A writer has prepared the checkpoint, with what is to be committed.</summary>
    public void Offer(Barrier barrier, int subtask, IReadOnlyList<TableBytes> infos)
    {
        lock (_lock)
        {
            if (!_gathering.TryGetValue(barrier.CheckpointId, out var gathering)) _gathering[barrier.CheckpointId] = gathering = new Gathering();
            Belief.Holds(gathering.Subtasks.Add(subtask), "a writer prepares a checkpoint once");
            gathering.Infos.AddRange(infos);
        }
        _wake.Set();
    }

    public void Notify(Barrier barrier, bool completed)
    {
        _news.Add(barrier, completed);
        _wake.Set();
    }

    public async Task OpenAsync(CancellationToken stop)
    {
        foreach (var (table, committer) in _committers)
        {
            await committer.OpenAsync(stop);
            byte[][] aggregates = [.. _restored.Where(state => state.Table == table).Select(state => state.Bytes)];
            if (aggregates.Length == 0) continue;
            using (_time.At(_work[Work.SinkCommit])) await committer.RestoreCommitAsync(aggregates, stop);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            while (TryTakeGathered(out var checkpointId, out var infos)) Combine(checkpointId, infos);
            if (await TakeNewsAsync(stop)) return;
            await _wake.WaitAsync(stop);
        }
    }

    public async Task TakeLastNewsAsync(CancellationToken stop) => await TakeNewsAsync(stop);

    public async ValueTask DisposeAsync()
    {
        _time.Dispose();
        foreach (var committer in _committers.Values) await committer.DisposeAsync();
    }

    private bool TryTakeGathered(out long checkpointId, out List<TableBytes> infos)
    {
        lock (_lock)
        {
            foreach (var (id, gathering) in _gathering)
            {
                if (gathering.Subtasks.Count < _writers) continue;
                _gathering.Remove(id);
                (checkpointId, infos) = (id, gathering.Infos);
                return true;
            }
        }
        (checkpointId, infos) = (0, []);
        return false;
    }

    private List<TableBytes> Aggregate(List<TableBytes> infos) =>
    [
        .. infos
            .GroupBy(info => info.Table, StringComparer.Ordinal)
            .Where(table => _committers.ContainsKey(table.Key))
            .Select(table => new TableBytes(table.Key, _committers[table.Key].Combine([.. table.Select(info => info.Bytes)]))),
    ];

    private void Combine(long checkpointId, List<TableBytes> infos)
    {
        FailPoint.Reach("committer.combine");
        var aggregates = Aggregate(infos);
        _prepared[checkpointId] = aggregates;
        // the commits of an earlier checkpoint may be under way still: whoever goes on from this one repeats them
        _reports.Acknowledged(Location, checkpointId, new TaskSnapshot([], [.. _prepared.Values.SelectMany(tables => tables).Select(aggregate => aggregate.Pack())]));
    }

    /// <summary>Drops what was prepared for a checkpoint that will never be complete, also when not every writer got that far.</summary>
    private async ValueTask AbortAsync(long checkpointId, CancellationToken stop)
    {
        using var _ = _time.At(_work[Work.SinkAbort]);
        List<TableBytes> given = [];
        lock (_lock)
        {
            if (_gathering.Remove(checkpointId, out var gathering)) given = gathering.Infos;
        }
        var aggregates = _prepared.Remove(checkpointId, out var prepared) ? prepared : Aggregate(given);
        foreach (var table in aggregates.GroupBy(aggregate => aggregate.Table, StringComparer.Ordinal))
        {
            await _committers[table.Key].AbortAsync([.. table.Select(aggregate => aggregate.Bytes)], stop);
        }
    }

    /// <summary>True when a checkpoint that ends the pipeline is committed.</summary>
    private ValueTask<bool> TakeNewsAsync(CancellationToken stop) => _news.IsEmpty
        ? ValueTask.FromResult(false)
        : _news.TakeAsync((barrier, completed, ends) => completed ? CommitAsync(barrier.CheckpointId, ends) : AbortAsync(barrier.CheckpointId, ends), stop);

    private async ValueTask CommitAsync(long checkpointId, CancellationToken stop)
    {
        FailPoint.Reach("commit.before");
        using var _ = _time.At(_work[Work.SinkCommit]);
        var due = _prepared.Where(prepared => prepared.Key <= checkpointId).ToList();
        foreach (var table in due.SelectMany(prepared => prepared.Value).GroupBy(aggregate => aggregate.Table, StringComparer.Ordinal))
        {
            var failed = await _committers[table.Key].CommitAsync([.. table.Select(aggregate => aggregate.Bytes)], stop);
            if (failed.Count > 0)
            {
                throw new ChunnelException(EngineErrors.CommitFailed, $"{failed.Count} commits of table {table.Key} failed at checkpoint {checkpointId}.");
            }
        }
        FailPoint.Reach("commit.after");
        foreach (var prepared in due) _prepared.Remove(prepared.Key);
    }

    private sealed class Gathering
    {
        public HashSet<int> Subtasks { get; } = [];

        public List<TableBytes> Infos { get; } = [];
    }
}
