using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>One plug-in of a job with its options, under today's names of the options that all plug-ins share.</summary>
public sealed record PluginBlock
{
    public required PluginKind Kind { get; init; }

    /// <summary>Its place in its section, from 0.</summary>
    public required int Index { get; init; }

    public required string PluginName { get; init; }

    /// <summary>All of its options, <c>plugin_name</c> left out, old spellings of common options renamed.</summary>
    public required SettingsObject Options { get; init; }

    public required TextPosition Where { get; init; }

    /// <summary>The data sets it reads: <c>plugin_input</c>.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The data set it makes: <c>plugin_output</c>.</summary>
    public string? Output { get; init; }

    /// <summary>Its own <c>parallelism</c>, at least 1; null when it says nothing.</summary>
    public int? Parallelism { get; init; }

    /// <summary>Its own <c>dead_letter.policy</c>; null when it says nothing.</summary>
    public RefusedRows? Refused { get; init; }

    /// <summary><c>Source[0]-FakeSource</c>, as vertices are named.</summary>
    public string ActionName => $"{Kind}[{Index}]-{PluginName}";
}
