using Chunnel.Config.Env;
using Chunnel.Config.Graph;
using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>A job as its author meant it: checked in form and wiring, options of the plug-ins not yet looked at.</summary>
public sealed record JobDefinition
{
    public required EnvOptions Env { get; init; }

    public required IReadOnlyList<PluginBlock> Sources { get; init; }

    public required IReadOnlyList<PluginBlock> Transforms { get; init; }

    public required IReadOnlyList<PluginBlock> Sinks { get; init; }

    /// <summary>All plug-ins, the sink of dead letters last.</summary>
    public IEnumerable<PluginBlock> Blocks => [.. Sources, .. Transforms, .. Sinks, .. Env.DeadLetters.Sink is { } letters ? [letters] : Array.Empty<PluginBlock>()];

    public required JobGraph Graph { get; init; }

    /// <summary>The normal form: <c>env</c>, <c>source</c>, <c>transform</c> and <c>sink</c>, the last three as lists. Secrets that were handed in encrypted are so here.</summary>
    public required SettingsObject Root { get; init; }

    public required IReadOnlyList<Problem> Warnings { get; init; }
}
