using System.Reflection;

namespace Chunnel.Ahead;

/// <summary>Finds the methods that a line of <see cref="MethodName"/> stands for, among the assemblies that are compiled together.</summary>
internal sealed class MethodSearch
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>How many methods a line may stand for: as many as a type has overloads, or the compiler makes of one name.</summary>
    private const int Most = 64;

    private readonly Dictionary<string, List<Type>> _types = new(StringComparer.Ordinal);
    private readonly Type _anyClass;

    public MethodSearch(IEnumerable<Assembly> together)
    {
        foreach (var type in together.SelectMany(a => a.GetTypes()))
        {
            var name = MethodName.WithoutNumbers(type.FullName!);
            if (!_types.TryGetValue(name, out var same))
            {
                _types.Add(name, same = []);
            }
            same.Add(type);
        }
        _anyClass = _types["System.__Canon"][0];
    }

    /// <summary>Empty when nothing of that name is compiled together.</summary>
    public IEnumerable<MethodBase> Find(string line)
    {
        var colons = line.IndexOf("::", StringComparison.Ordinal);
        if (colons < 0)
        {
            return [];
        }
        var name = line[(colons + 2)..];
        var at = 0;
        var owners = Types(line[..colons], ref at);
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
        {
            return Methods(owners, name).Where(method => !method.IsGenericMethodDefinition).Take(Most);
        }
        at = bracket;
        var arguments = Arguments(name, ref at);
        var generic = Methods(owners, name[..bracket]).OfType<MethodInfo>().Where(method => method.IsGenericMethodDefinition);
        return (from method in generic
                from given in arguments
                where given.Length == method.GetGenericArguments().Length
                select method.MakeGenericMethod(given)).Take(Most);
    }

    private static IEnumerable<MethodBase> Methods(List<Type> owners, string name) =>
        owners.SelectMany(owner => owner.GetMembers(Declared)).OfType<MethodBase>().Where(method => MethodName.WithoutNumbers(method.Name) == name);

    // type := name ['[' type {',' type} ']'] {'[' {','} ']' | '*' | '&'}, or '*'
    private List<Type> Types(string text, ref int at)
    {
        List<Type> found;
        if (text[at] == '*')
        {
            at++;
            found = [_anyClass];
        }
        else
        {
            var start = at;
            while (at < text.Length && text[at] is not ('[' or ']' or ',' or '*' or '&'))
            {
                // Reflection writes a backslash before a comma inside a name.
                at += text[at] == '\\' ? 2 : 1;
            }
            found = _types.GetValueOrDefault(text[start..at]) ?? [];
            if (at + 1 < text.Length && text[at] == '[' && text[at + 1] is not (',' or ']'))
            {
                var arguments = Arguments(text, ref at);
                found = [.. from open in found
                            from given in arguments
                            where open.IsGenericTypeDefinition && open.GetGenericArguments().Length == given.Length
                            select open.MakeGenericType(given)];
            }
        }
        while (at < text.Length && text[at] is '[' or '*' or '&')
        {
            var kind = text[at++];
            var rank = 1;
            for (; kind == '[' && text[at] != ']'; at++)
            {
                rank++;
            }
            at += kind == '[' ? 1 : 0;
            found = found.ConvertAll(t => kind switch
            {
                '[' => rank == 1 ? t.MakeArrayType() : t.MakeArrayType(rank),
                '*' => t.MakePointerType(),
                _ => t.MakeByRefType(),
            });
        }
        return found;
    }

    private List<Type[]> Arguments(string text, ref int at)
    {
        List<Type[]> all = [[]];
        do
        {
            at++;
            var next = Types(text, ref at);
            all = [.. all.SelectMany(before => next.Select(t => (Type[])[.. before, t])).Take(Most)];
        }
        while (text[at] == ',');
        at++;
        return all;
    }
}
