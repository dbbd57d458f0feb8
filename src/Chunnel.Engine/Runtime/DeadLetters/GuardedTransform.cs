using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// A transform of a plug-in where rows may be refused. When it throws on a batch, and has neither emitted nor refused nor counted anything of it, it
/// is given halves of the batch instead, and halves of those, until the rows are found that it throws on: these are refused. Once something of a
/// batch has left it, the exception is the job's.
/// </summary>
internal sealed class GuardedTransform(ITransform transform) : ITransform
{
    private IRowRefusals _refusals = NoRefusals.Allowed;

    /// <summary>How often something has left the transform; it may tell from any thread.</summary>
    private long _left;

    public IReadOnlyList<TableSchema> Tables => transform.Tables;

    public int BatchRows => transform.BatchRows;

    public IReadOnlyList<TableLineage> Lineage => transform.Lineage;

    public ValueTask OpenAsync(TransformRuntime runtime, CancellationToken stop)
    {
        _refusals = runtime.Refusals;
        return transform.OpenAsync(runtime with
        {
            Refusals = new Watched(this, runtime.Refusals),
            Skipped = row =>
            {
                Leaves();
                runtime.Skipped(row);
            },
            Count = (name, amount) =>
            {
                Leaves();
                runtime.Count(name, amount);
            },
        }, stop);
    }

    public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        using var rows = batch.Share();
        var watched = new WatchedOutput(this, output);
        if (await TryAsync(batch, watched, stop) is { } thrown) await RefuseAsync(rows, 0, rows.Selected, thrown, watched, stop);
    }

    public SchemaChange? Map(SchemaChange change) => transform.Map(change);

    public ValueTask DisposeAsync() => transform.DisposeAsync();

    /// <summary>Takes the batch over; what was thrown because of a row of it.</summary>
    private async ValueTask<Exception?> TryAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        var before = Interlocked.Read(ref _left);
        try
        {
            await transform.ApplyAsync(batch, output, stop);
            return null;
        }
        catch (Exception thrown) when (thrown is not (ChunnelException or OperationCanceledException or OutOfMemoryException or BrokenBeliefException) && Interlocked.Read(ref _left) == before)
        {
            return thrown;
        }
    }

    /// <summary>Some of the rows that count cannot be worked on together: those that cannot by themselves are refused.</summary>
    private async ValueTask RefuseAsync(ColumnBatch rows, int start, int count, Exception thrown, ITransformOutput output, CancellationToken stop)
    {
        if (count == 1)
        {
            var row = rows.RowAt(start);
            var what = string.Create(CultureInfo.InvariantCulture, $"The transform of a plug-in failed: {thrown.GetType().Name}: {thrown.Message}: table '{rows.Schema.TableId}', row {rows.FirstRow + row + 1}.");
            _refusals.Refuse(rows, row, new ChunnelException(CommonErrors.UnsupportedOperation, what, thrown) { Mend = "Ask the plug-in's author." });
            return;
        }
        var half = count / 2;
        if (await TryAsync(Part(rows, start, half), output, stop) is { } inFirst) await RefuseAsync(rows, start, half, inFirst, output, stop);
        if (await TryAsync(Part(rows, start + half, count - half), output, stop) is { } inSecond) await RefuseAsync(rows, start + half, count - half, inSecond, output, stop);
    }

    private static ColumnBatch Part(ColumnBatch rows, int start, int count)
    {
        var selection = ColumnBuffer.Rent<ushort>(rows.Memory, count);
        var chosen = selection.As<ushort>();
        for (var i = 0; i < count; i++) chosen[i] = (ushort)rows.RowAt(start + i);
        return rows.WithSelection(selection, count);
    }

    private void Leaves() => Interlocked.Increment(ref _left);

    private sealed class Watched(GuardedTransform guard, IRowRefusals refusals) : IRowRefusals
    {
        public bool EndsJob => refusals.EndsJob;

        public void Refuse(ColumnBatch batch, int row, ChunnelException error)
        {
            guard.Leaves();
            refusals.Refuse(batch, row, error);
        }

        public void Refuse(UnreadRow row, ChunnelException error)
        {
            guard.Leaves();
            refusals.Refuse(row, error);
        }
    }

    private sealed class WatchedOutput(GuardedTransform guard, ITransformOutput output) : ITransformOutput
    {
        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            guard.Leaves();
            return output.EmitAsync(batch, stop);
        }
    }
}
