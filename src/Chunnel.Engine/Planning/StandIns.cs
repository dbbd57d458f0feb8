using Chunnel.Config;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Plug-ins that take the places of a job's own, so that none of its systems is touched. The job's options are checked all the same.</summary>
public sealed record StandIns
{
    public static readonly StandIns None = new();

    /// <summary>What reads in place of a source; null for the source itself.</summary>
    public Func<PluginBlock, SourcePlugin?> Source { get; init; } = _ => null;

    /// <summary>What writes in place of a sink; null for the sink itself.</summary>
    public Func<PluginBlock, SinkPlugin?> Sink { get; init; } = _ => null;
}
