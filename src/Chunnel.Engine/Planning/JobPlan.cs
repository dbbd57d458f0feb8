using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>A job ready to run: its pipelines with their plug-ins made, and what the control core needs to know of it. Owns the plug-ins.</summary>
public sealed class JobPlan : IAsyncDisposable
{
    public required PlannedJob Control { get; init; }

    public required JobDefinition Definition { get; init; }

    public required IReadOnlyList<PipelinePlan> Pipelines { get; init; }

    /// <summary>What plug-ins had to say while they were made: lines for the job's log.</summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>What must not be told of the job, whatever goes wrong.</summary>
    public SecretValues Secrets { get; init; } = SecretValues.None;

    /// <summary>Slots that the job takes: one a task group.</summary>
    public int Slots => Control.TaskGroupCount;

    public bool HasSaveModes => Pipelines.Any(pipeline => pipeline.Targets.Any(path => path.Sinks.Values.Any(sink => sink.SaveMode is not null)));

    public async ValueTask DisposeAsync()
    {
        foreach (var pipeline in Pipelines)
        {
            await pipeline.Source.DisposeAsync();
            foreach (var sink in pipeline.Targets.SelectMany(path => path.Sinks.Values)) await sink.DisposeAsync();
        }
    }
}
