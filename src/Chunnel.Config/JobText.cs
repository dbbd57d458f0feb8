using System.Collections.Immutable;
using Chunnel.Config.Hocon;
using Chunnel.Config.Variables;

namespace Chunnel.Config;

/// <summary>A job as it came in, with all that its meaning depends on. Nothing else is looked at: no clock, no process; but a cipher finds its key itself.</summary>
public sealed record JobText(string Text, JobFormat Format)
{
    /// <summary>The name in error places; relative includes stand beside it.</summary>
    public string FileName { get; init; } = "job";

    /// <summary>What <c>-i</c> gave. Null for a job over REST: its quoted placeholders stay as they are.</summary>
    public JobVariables? Variables { get; init; }

    /// <summary>What <c>-D</c> gave: after <c>-i</c>, before defaults.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The environment of the process, for variables outside quotes.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What its secrets may be encrypted with; null leaves them encrypted, for a job that is only handed on.</summary>
    public ShadeSet? Shades { get; init; } = ShadeSet.BuiltIn;

    /// <summary>Finds included files. Null: includes are refused.</summary>
    public IncludeReader? Includes { get; init; }
}
