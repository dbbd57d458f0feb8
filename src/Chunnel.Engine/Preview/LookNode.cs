using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>One step of a pipeline that is looked at, and the steps behind it. The first is the source, the last ones are where sinks would stand.</summary>
internal sealed class LookNode(StepPreview seen, TransformStep? step) : ITransformOutput, IAsyncDisposable
{
    private ITransform? _transform;

    public TransformStep? Step => step;

    public List<LookNode> Next { get; } = [];

    public LookNode Then(StepPreview preview, TransformStep? next)
    {
        var node = new LookNode(preview, next);
        Next.Add(node);
        return node;
    }

    public async Task OpenAsync(BatchMemory memory, TimeProvider clock, CancellationToken stop)
    {
        if (step is not null)
        {
            _transform = await step.MakeAsync(stop);
            await _transform.OpenAsync(new TransformRuntime
            {
                Subtask = 0,
                Memory = memory,
                Clock = clock,
                Skipped = row => seen.Note($"left out {row.Place} of {row.Table}: {row.Reason}"),
                Refusals = NotedRefusals.Of(seen.Note, step.Refused),
            }, stop);
        }
        foreach (var node in Next) await node.OpenAsync(memory, clock, stop);
    }

    /// <summary>Takes a batch over that comes to the step.</summary>
    public ValueTask GiveAsync(ColumnBatch batch, CancellationToken stop) => _transform is null ? EmitAsync(batch, stop) : _transform.ApplyAsync(batch, this, stop);

    /// <summary>Takes a batch over that comes out of the step.</summary>
    public async ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
    {
        using (batch)
        {
            if (batch.Selected == 0) return;
            seen.Look(batch);
            foreach (var node in Next) await node.GiveAsync(batch.Share(), stop);
        }
    }

    /// <summary>A change of a table's columns comes to the step.</summary>
    public void Change(SchemaChange change)
    {
        var mapped = _transform is null ? change : _transform.Map(change);
        if (mapped is null) return;
        seen.Note($"{mapped.Table} changed its columns: {mapped.TypeName}");
        foreach (var node in Next) node.Change(mapped);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Next) await node.DisposeAsync();
        if (_transform is not null) await _transform.DisposeAsync();
    }
}
