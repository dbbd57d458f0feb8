using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>One source and everything that it feeds: a tree, cut into the transforms that all sinks share and a path to each sink.</summary>
public sealed record PipelinePlan
{
    /// <summary>From 1.</summary>
    public required int Id { get; init; }

    /// <summary><c>pipeline-1 [Source[0]-FakeSource]</c></summary>
    public required string SourceVertex { get; init; }

    public required ISource Source { get; init; }

    /// <summary>Subtasks of the source and of everything after it.</summary>
    public required int Parallelism { get; init; }

    /// <summary>Transforms that run in the source's loop: those before the stream divides.</summary>
    public required IReadOnlyList<TransformStep> Head { get; init; }

    public required IReadOnlyList<SinkPath> Sinks { get; init; }

    /// <summary>What becomes of what the source cannot read.</summary>
    public RefusedRows SourceRefused { get; init; }

    /// <summary>The sink of dead letters; null where no step sets rows aside.</summary>
    public SinkPath? DeadLetters { get; init; }

    /// <summary>Everything that writers write: the sinks and, last, the dead letters.</summary>
    public IReadOnlyList<SinkPath> Targets => DeadLetters is null ? Sinks : [.. Sinks, DeadLetters];

    /// <summary>The form in which rows may go through as a wire brought them: no step between looks at them, and all sinks take it; null for none.</summary>
    public string? Wire
    {
        get
        {
            if (DeadLetters is not null || Head.Count > 0 || Sinks.Any(sink => sink.Transforms.Count > 0 || sink.Replicas > 1)) return null;
            string?[] forms = [.. Sinks.SelectMany(sink => sink.Sinks.Values).Select(sink => sink.Wire).Distinct(StringComparer.Ordinal)];
            return forms is [var only] ? only : null;
        }
    }

    public required IReadOnlyList<DagVertex> Vertices { get; init; }

    public required IReadOnlyList<DagEdge> Edges { get; init; }

    public required Guarantee Guarantee { get; init; }
}
