using System.Collections;
using System.Globalization;
using Chunnel.Config;
using Chunnel.Config.Variables;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Cli.Running;

/// <summary>Which job, and what its text is filled in with.</summary>
internal sealed record JobArguments(string Path)
{
    /// <summary>What <c>-i</c> gave, as given.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    public string? Name { get; init; }

    public long? JobId { get; init; }

    /// <summary>The job goes on from its newest savepoint or checkpoint.</summary>
    public bool StartsFromSavepoint { get; init; }

    /// <summary>A job id as a flag gives it.</summary>
    /// <exception cref="ChunnelException">The text is no id.</exception>
    public static long ParseId(string flag, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new ChunnelException(CommonErrors.OptionValidateFailed, $"For input string: \"{text}\" is no job id.") { Mend = $"{flag} takes a positive number of 64 bits." };

    /// <summary>Reads the job and all that can be said about it without running it, its plug-ins' settings too.</summary>
    /// <exception cref="ChunnelException">The file is missing, or a variable is not one.</exception>
    public JobLoadResult Check()
    {
        var plugins = InstalledPlugins.Look();
        return new JobPlanner(plugins.Registry, TimeProvider.System).Check(Load(plugins, opensSecrets: true));
    }

    /// <summary>Reads the job for somebody else to run it: its secrets stay closed, its plug-ins are not looked at.</summary>
    /// <exception cref="ChunnelException">The file is missing, or a variable is not one.</exception>
    public JobLoadResult Load() => Load(InstalledPlugins.Look(), opensSecrets: false);

    private JobLoadResult Load(InstalledPlugins plugins, bool opensSecrets)
    {
        var loaded = JobLoader.TryLoad(Read() with { Variables = JobVariables.FromArguments(Variables), Shades = opensSecrets ? plugins.Shades : null });
        return loaded.And(plugins.Problems);
    }

    /// <summary>The file as it is: quoted placeholders stay.</summary>
    /// <exception cref="ChunnelException">The file is missing.</exception>
    public JobText Read() => JobLoader.ReadFile(Path) with
    {
        Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
        Shades = InstalledPlugins.Look().Shades,
    };
}
