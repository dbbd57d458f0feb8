using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>
/// The plug-ins that lie in <c>plugins/&lt;name&gt;/</c>. Looking reads a directory and a small file for each, and loads nothing: an
/// assembly comes in when a job first uses one of its plug-ins.
/// </summary>
/// <param name="Entries">What may be used, ready for a <see cref="PluginRegistry"/>, where the built-ins win.</param>
/// <param name="Problems">One warning for each folder that is no plug-in, and for each name that is taken twice.</param>
public sealed record PluginFolder(IReadOnlyList<PluginEntry> Entries, IReadOnlyList<Problem> Problems)
{
    /// <summary>Ciphers for the secrets of job files.</summary>
    public IReadOnlyList<ShadeEntry> Shades { get; init; } = [];

    /// <summary>Functions for queries of the Sql transform.</summary>
    public IReadOnlyList<SqlFunctionEntry> SqlFunctions { get; init; } = [];

    /// <summary>Looks into a folder; one that is not there has no plug-ins.</summary>
    public static PluginFolder Look(string path)
    {
        var entries = new List<PluginEntry>();
        var shades = new List<ShadeEntry>();
        var functions = new List<SqlFunctionEntry>();
        var problems = new List<Problem>();
        if (!Directory.Exists(path)) return new PluginFolder(entries, problems);
        foreach (var folder in Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal))
        {
            try
            {
                Add(PluginManifest.Read(folder), entries, shades, functions, problems);
            }
            catch (ChunnelException wrong)
            {
                problems.Add(wrong.ToProblem() with { Severity = Severity.Warning });
            }
        }
        return new PluginFolder(entries, problems) { Shades = shades, SqlFunctions = functions };
    }

    private static void Add(PluginManifest manifest, List<PluginEntry> entries, List<ShadeEntry> shades, List<SqlFunctionEntry> functions, List<Problem> problems)
    {
        var assembly = new PluginAssembly(manifest);
        shades.AddRange(manifest.Shades.Select(identifier => new ShadeEntry(identifier, properties => assembly.OpenShade(identifier, properties))));
        foreach (var name in manifest.SqlFunctions)
        {
            if (functions.Exists(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) problems.Add(Taken("function", name, manifest));
            else functions.Add(new SqlFunctionEntry(name, () => assembly.MakeFunction(name)));
        }
        foreach (var (kind, name) in manifest.Names)
        {
            if (entries.Exists(entry => entry.Kind == kind && entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                problems.Add(Taken(kind.ToString().ToLowerInvariant(), name, manifest));
                continue;
            }
            entries.Add(new PluginEntry(kind, name, () => assembly.Make(kind, name)));
        }
    }

    private static Problem Taken(string word, string name, PluginManifest manifest) =>
        new(CommonErrors.FactoryInitFailed, $"The {word} '{name}' of '{manifest.Folder}' is left out: another plug-in has the name.")
        {
            Severity = Severity.Warning,
            Mend = "Take one of the folders out of plugins/.",
        };
}
