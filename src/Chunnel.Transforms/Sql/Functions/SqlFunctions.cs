namespace Chunnel.Transforms.Sql.Functions;

/// <summary>All functions by name.</summary>
internal static class SqlFunctions
{
    private static readonly Dictionary<string, SqlFunction> ByName = Index();

    /// <summary>Every function once.</summary>
    public static IReadOnlyList<SqlFunction> All { get; } = [.. TextFunctions.All, .. NumberFunctions.All, .. ChoiceFunctions.All];

    /// <summary>All names, for did-you-mean.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    public static SqlFunction? Find(string name) => ByName.GetValueOrDefault(name.ToUpperInvariant());

    private static Dictionary<string, SqlFunction> Index()
    {
        var index = new Dictionary<string, SqlFunction>(StringComparer.Ordinal);
        foreach (var function in TextFunctions.All.Concat(NumberFunctions.All).Concat(ChoiceFunctions.All))
        {
            foreach (var name in function.Names) index.Add(name, function);
        }
        return index;
    }
}
