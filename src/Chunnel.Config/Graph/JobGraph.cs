using Chunnel.Core;

namespace Chunnel.Config.Graph;

/// <summary>
/// The wiring of a job: first the sources, then the transforms in an order in which every one comes after what it reads, then
/// the sinks.
/// </summary>
public sealed record JobGraph(IReadOnlyList<JobVertex> Vertices)
{
    /// <summary>The id of a data set that nobody named.</summary>
    public const string DefaultOutput = "default-identifier";

    /// <summary>One source, at most one transform, one sink: wired in a row whatever the names say (spec config.md 6.2).</summary>
    public bool IsSimple => OfKind(PluginKind.Source).Count() == 1 && OfKind(PluginKind.Transform).Count() <= 1 && OfKind(PluginKind.Sink).Count() == 1;

    public IEnumerable<JobVertex> OfKind(PluginKind kind) => Vertices.Where(vertex => vertex.Kind == kind);

    public IEnumerable<JobVertex> InputsOf(JobVertex vertex) => vertex.Inputs.Select(id => Vertices[id]);

    public IEnumerable<JobVertex> OutputsOf(JobVertex vertex) => vertex.Outputs.Select(id => Vertices[id]);
}
