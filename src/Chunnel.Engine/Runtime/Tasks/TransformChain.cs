using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Runs a batch through transforms one after the other and hands what comes out to the end.</summary>
internal sealed class TransformChain : IAsyncDisposable
{
    private readonly Step[] _steps;
    private readonly ITransformOutput _end;

    public TransformChain(IReadOnlyList<ChainStep> transforms, ITransformOutput end)
    {
        _end = end;
        _steps = new Step[transforms.Count];
        for (var i = transforms.Count - 1; i >= 0; i--) _steps[i] = new Step(transforms[i], i == transforms.Count - 1 ? end : _steps[i + 1]);
    }

    /// <param name="runtime">What all of them are told.</param>
    /// <param name="desk">Takes the rows that they refuse.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async ValueTask OpenAsync(TransformRuntime runtime, LetterDesk desk, CancellationToken stop)
    {
        foreach (var step in _steps) await step.Transform.OpenAsync(runtime with { Refusals = desk.Of(step.Of.Name, step.Of.Refused, RefusingPart.Transform) }, stop);
    }

    /// <summary>Takes the batch over.</summary>
    public ValueTask RunAsync(ColumnBatch batch, CancellationToken stop) =>
        _steps.Length == 0 ? _end.EmitAsync(batch, stop) : _steps[0].EmitAsync(batch, stop);

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
}
