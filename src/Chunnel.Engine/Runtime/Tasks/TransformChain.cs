using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Runs a batch through transforms one after the other and hands what comes out to the end.</summary>
internal sealed class TransformChain : IAsyncDisposable
{
    private readonly Step[] _steps;
    private readonly ITransformOutput _begin;

    /// <param name="transforms">In their order.</param>
    /// <param name="time">The loop's, which turns to each vertex that a batch comes to.</param>
    /// <param name="end">Takes what comes out.</param>
    public TransformChain(IReadOnlyList<ChainStep> transforms, LoopTime time, ITransformOutput end)
    {
        _steps = new Step[transforms.Count];
        var next = end;
        for (var i = transforms.Count - 1; i >= 0; i--)
        {
            var work = transforms[i].Work;
            if (i == transforms.Count - 1 || transforms[i + 1].Work != work) next = new VertexExit(work, next);
            _steps[i] = new Step(transforms[i], next);
            next = i == 0 || transforms[i - 1].Work != work ? new VertexEntry(work, time, _steps[i]) : _steps[i];
        }
        _begin = next;
    }

    /// <param name="runtime">What all of them are told.</param>
    /// <param name="desk">Takes the rows that they refuse.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async ValueTask OpenAsync(TransformRuntime runtime, LetterDesk desk, CancellationToken stop)
    {
        foreach (var step in _steps) await step.Transform.OpenAsync(runtime with { Refusals = desk.Of(step.Of.Name, step.Of.Refused, RefusingPart.Transform) }, stop);
    }

    /// <summary>Takes the batch over.</summary>
    public ValueTask RunAsync(ColumnBatch batch, CancellationToken stop) => _begin.EmitAsync(batch, stop);

    /// <summary>The change as the chain's end knows it, or null when a transform swallows it.</summary>
    public SchemaChange? Map(SchemaChange change)
    {
        var mapped = change;
        foreach (var step in _steps)
        {
            if (mapped is null) return null;
            mapped = step.Transform.Map(mapped);
        }
        return mapped;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var step in _steps) await step.Transform.DisposeAsync();
    }

    private sealed class Step(ChainStep step, ITransformOutput next) : ITransformOutput
    {
        public ChainStep Of { get; } = step;

        public ITransform Transform { get; } = step.Transform;

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            if (batch.Selected > 0) return Transform.ApplyAsync(batch, next, stop);
            batch.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Stands before the first transform of a vertex.</summary>
    private sealed class VertexEntry(VertexWork work, LoopTime time, ITransformOutput next) : ITransformOutput
    {
        public async ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            work[Work.TransformRowsIn].Add(batch.Selected);
            using (time.At(work[Work.TransformProcess])) await next.EmitAsync(batch, stop);
        }
    }

    /// <summary>Stands behind its last one.</summary>
    private sealed class VertexExit(VertexWork work, ITransformOutput next) : ITransformOutput
    {
        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            work[Work.TransformRowsOut].Add(batch.Selected);
            return next.EmitAsync(batch, stop);
        }
    }
}
