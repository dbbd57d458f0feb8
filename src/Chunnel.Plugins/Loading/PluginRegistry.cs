using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>A plug-in that is known by name and made on first use, so that starting loads nothing.</summary>
public sealed record PluginEntry(PluginKind Kind, string Name, Func<PluginDefinition> Make);

/// <summary>All plug-ins that a process knows. Names are matched in any case.</summary>
public sealed class PluginRegistry
{
    private readonly Dictionary<(PluginKind, string), Lazy<PluginDefinition>> _plugins = [];
    private readonly HashSet<(PluginKind, string)> _builtIn = [];
    private readonly List<(PluginKind Kind, string Name)> _names = [];

    /// <param name="builtIn">Chunnel's own: a name among them is not one that a folder can take.</param>
    /// <param name="ofFolders">What lies in plug-in folders.</param>
    public PluginRegistry(IEnumerable<PluginEntry> builtIn, IEnumerable<PluginEntry>? ofFolders = null)
    {
        foreach (var entry in builtIn)
        {
            if (Add(entry)) _builtIn.Add(KeyOf(entry.Kind, entry.Name));
        }
        foreach (var entry in ofFolders ?? []) Add(entry);
    }

    /// <summary>Functions that plug-ins bring to queries.</summary>
    public SqlFunctionSet SqlFunctions { get; init; } = SqlFunctionSet.None;

    /// <summary>Kinds and names, in the order they were added.</summary>
    public IReadOnlyList<(PluginKind Kind, string Name)> Names => _names;

    public bool Has(PluginKind kind, string name) => _plugins.ContainsKey(KeyOf(kind, name));

    /// <summary>Whether the plug-in is one of Chunnel's own.</summary>
    public bool IsBuiltIn(PluginKind kind, string name) => _builtIn.Contains(KeyOf(kind, name));

    public PluginDefinition? Find(PluginKind kind, string name) => _plugins.TryGetValue(KeyOf(kind, name), out var plugin) ? plugin.Value : null;

    /// <summary>The plug-in.</summary>
    /// <exception cref="ChunnelException">It is not known; the message names the nearest.</exception>
    public T Get<T>(PluginKind kind, string name, TextPosition where) where T : PluginDefinition
    {
        if (Find(kind, name) is T plugin) return plugin;
        throw Unknown(kind, name, where);
    }

    public ChunnelException Unknown(PluginKind kind, string name, TextPosition where)
    {
        var known = _names.Where(pair => pair.Kind == kind).Select(pair => pair.Name).ToList();
        var near = Nearest.To(name, known);
        var word = kind.ToString().ToLowerInvariant();
        return new ChunnelException(CommonErrors.FactoryInitFailed, $"Unable to create a {word} for identifier '{name}'. No such {word} is built in or stands in the plugins folder.")
        {
            Where = where,
            Mend = near is null ? $"Known: {string.Join(", ", known)}." : $"Did you mean '{near}'? Known: {string.Join(", ", known)}.",
        };
    }

    /// <summary>False when the name is taken.</summary>
    private bool Add(PluginEntry entry)
    {
        if (!_plugins.TryAdd(KeyOf(entry.Kind, entry.Name), new Lazy<PluginDefinition>(entry.Make))) return false;
        _names.Add((entry.Kind, entry.Name));
        return true;
    }

    private static (PluginKind, string) KeyOf(PluginKind kind, string name) => (kind, name.ToUpperInvariant());
}
