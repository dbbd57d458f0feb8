using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Commits the transactions that writers prepared, when the checkpoint is complete; again after a restore.</summary>
internal sealed class PgCommitter(PgTransactions transactions) : IAggregatedCommitter
{
    public byte[] Combine(IReadOnlyList<byte[]> infos) => PgWriterState.Combine(infos);

    public async ValueTask<IReadOnlyList<byte[]>> CommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop)
    {
        await transactions.CommitAsync([.. aggregates.SelectMany(PgWriterState.Separate)], stop);
        return [];
    }

    public async ValueTask RestoreCommitAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop) =>
        await transactions.RestoreCommitAsync([.. aggregates.SelectMany(PgWriterState.Separate)], stop);

    public ValueTask AbortAsync(IReadOnlyList<byte[]> aggregates, CancellationToken stop) =>
        transactions.RollBackAsync([.. aggregates.SelectMany(PgWriterState.Separate)], stop);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
