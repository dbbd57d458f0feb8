using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// Several replicas of a sink's writers in one subtask, each with its own loop (option <c>multi_table_sink_replica</c>, spec engine.md 5.4).
/// They write at the same time and prepare at the same time; a checkpoint holds what all of them have written.
/// </summary>
internal sealed class ReplicatedWriters : ITableWriters
{
    private readonly WriterReplica[] _replicas;
    private readonly ReplicaRouter _router;

    /// <param name="replicas">How many.</param>
    /// <param name="make">Makes the writers of a replica by its number.</param>
    /// <param name="capacityBytes">What may wait for all of them together.</param>
    /// <param name="clock">The time.</param>
    /// <param name="failed">Told when one of them fails.</param>
    public ReplicatedWriters(int replicas, Func<int, ITableWriters> make, long capacityBytes, TimeProvider clock, Action failed)
    {
        _replicas = [.. Enumerable.Range(0, replicas).Select(replica => new WriterReplica(make(replica), capacityBytes / replicas, clock, failed))];
        _router = new ReplicaRouter(replicas);
    }

    public long QueuedRows => _replicas.Sum(replica => replica.QueuedRows);

    public async ValueTask OpenAsync(CancellationToken stop)
    {
        foreach (var replica in _replicas) await replica.OpenAsync(stop);
    }

    public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        try
        {
            if (_router.NeedsDrain(batch)) await DrainAsync(stop);
        }
        catch
        {
            batch.Dispose();
            throw;
        }
        var parts = _router.Route(batch);
        for (var i = 0; i < parts.Count; i++)
        {
            try
            {
                await _replicas[parts[i].Replica].WriteAsync(parts[i].Part, stop);
            }
            catch
            {
                for (var left = i + 1; left < parts.Count; left++) parts[left].Part.Dispose();
                throw;
            }
        }
    }

    public void ThrowIfFailed()
    {
        foreach (var replica in _replicas) replica.ThrowIfFailed();
    }

    public async ValueTask ApplyAsync(SchemaChange change, CancellationToken stop)
    {
        await DrainAsync(stop);
        foreach (var replica in _replicas) await replica.Writers.ApplyAsync(change, stop);
    }

    public async ValueTask EndOfInputAsync(CancellationToken stop)
    {
        await DrainAsync(stop);
        await Task.WhenAll(_replicas.Select(replica => replica.Writers.EndOfInputAsync(stop).AsTask()));
    }

    public async ValueTask<IReadOnlyList<TableBytes>> PrepareCommitAsync(long checkpointId, CancellationToken stop)
    {
        await DrainAsync(stop);
        return await OfAllAsync(writers => writers.PrepareCommitAsync(checkpointId, stop));
    }

    public async ValueTask<IReadOnlyList<TableBytes>> SnapshotAsync(long checkpointId, CancellationToken stop)
    {
        await DrainAsync(stop);
        return await OfAllAsync(writers => writers.SnapshotAsync(checkpointId, stop));
    }

    public async ValueTask CommitAsync(long checkpointId, CancellationToken stop)
    {
        await DrainAsync(stop);
        foreach (var replica in _replicas) await replica.Writers.CommitAsync(checkpointId, stop);
    }

    public async ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop)
    {
        foreach (var replica in _replicas)
        {
            // One that has failed has nothing to wait for; its writers are told all the same.
            if (!replica.HasFailed) await replica.DrainAsync(stop);
            await replica.Writers.AbortPrepareAsync(checkpointId, stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var faults = new List<Exception>();
        foreach (var replica in _replicas)
        {
            try
            {
                await replica.DisposeAsync();
            }
            catch (Exception fault)
            {
                faults.Add(fault);
            }
        }
        if (faults.Count > 0) throw new AggregateException(faults);
    }

    private async ValueTask DrainAsync(CancellationToken stop)
    {
        foreach (var replica in _replicas) await replica.DrainAsync(stop);
    }

    /// <summary>What all replicas return, each marked with the replica's number.</summary>
    private async ValueTask<IReadOnlyList<TableBytes>> OfAllAsync(Func<ITableWriters, ValueTask<IReadOnlyList<TableBytes>>> ask)
    {
        var answers = await Task.WhenAll(_replicas.Select(replica => ask(replica.Writers).AsTask()));
        return [.. answers.SelectMany((answer, replica) => answer.Select(bytes => bytes with { Replica = replica }))];
    }
}
