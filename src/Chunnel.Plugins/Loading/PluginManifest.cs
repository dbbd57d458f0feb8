using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>
/// The <c>plugin.json</c> of a folder: which assembly holds the plug-ins, and their kinds and names, so that nothing is loaded before a
/// job uses one. <c>{ "assembly": "Acme.dll", "sources": ["Acme"], "transforms": [], "sinks": ["Acme"], "shades": [], "sqlFunctions": [] }</c>.
/// </summary>
internal sealed record PluginManifest(string Folder, string AssemblyPath, IReadOnlyList<(PluginKind Kind, string Name)> Names)
{
    public const string FileName = "plugin.json";

    /// <summary>Identifiers of ciphers for the secrets of job files.</summary>
    public IReadOnlyList<string> Shades { get; init; } = [];

    /// <summary>Names of functions for queries.</summary>
    public IReadOnlyList<string> SqlFunctions { get; init; } = [];

    private static readonly (string Key, PluginKind Kind)[] Lists = [("sources", PluginKind.Source), ("transforms", PluginKind.Transform), ("sinks", PluginKind.Sink)];

    /// <exception cref="ChunnelException">The file is absent, unreadable or does not say what it must.</exception>
    public static PluginManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw Wrong(new TextPosition(path, 0, 0), $"The folder '{folder}' has no {FileName}.", "Add one that names the assembly and its plug-ins: docs/write-a-connector.md.");
        var (value, problems) = JsonParser.Parse(new SourceText(path, ReadText(path)));
        if (problems.Count > 0) throw Wrong(problems[0].Where, problems[0].What, problems[0].Mend);
        if (value is not SettingsObject manifest) throw Wrong(value.Where, "The manifest is not an object.", "Write { \"assembly\": ..., \"sources\": [...] }.");
        if (manifest.Find("assembly") is not { } assembly) throw Wrong(manifest.Where, "The manifest names no assembly.", "Add \"assembly\": \"Name.dll\".");
        var file = SettingsConvert.ToText(assembly.Value);
        if (Path.GetFileName(file) != file) throw Wrong(assembly.Value.Where, $"The assembly '{file}' is not a file's name.", "The assembly lies beside the manifest: write its name alone.");
        var names = Lists.SelectMany(list => NamesOf(manifest, list.Key).Select(name => (list.Kind, name))).ToList();
        var shades = NamesOf(manifest, "shades");
        var functions = NamesOf(manifest, "sqlFunctions");
        if (names.Count + shades.Count + functions.Count == 0)
            throw Wrong(manifest.Where, "The manifest names no plug-in.", "Add \"sources\", \"transforms\", \"sinks\", \"shades\" or \"sqlFunctions\".");
        return new PluginManifest(folder, Path.Combine(folder, file), names) { Shades = shades, SqlFunctions = functions };
    }

    private static IReadOnlyList<string> NamesOf(SettingsObject manifest, string key) =>
        manifest.Find(key) is { } list ? SettingsConvert.ToTextList(key, list.Value) : [];

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChunnelException(CommonErrors.FactoryInitFailed, $"The plug-in manifest '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static ChunnelException Wrong(TextPosition where, string what, string? mend) =>
        new(CommonErrors.FactoryInitFailed, what) { Where = where, Mend = mend };
}
