namespace Chunnel.Plugins;

/// <summary>A function that is known by name and made when a query calls it.</summary>
public sealed record SqlFunctionEntry(string Name, Func<ISqlFunction> Make);

/// <summary>The functions that plug-ins bring to the Sql transform, by name in any case. Of two with one name the first counts.</summary>
public sealed class SqlFunctionSet(IEnumerable<SqlFunctionEntry> entries)
{
    private readonly Dictionary<string, SqlFunctionEntry> _byName =
        entries.GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);

    public static SqlFunctionSet None { get; } = new([]);

    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>A new instance for one call; null when no plug-in has the name.</summary>
    public ISqlFunction? Make(string name) => _byName.TryGetValue(name, out var entry) ? entry.Make() : null;
}
