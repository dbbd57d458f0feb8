using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Chunnel.Rest;

/// <summary>The parameters behind the question mark: decoded, case kept, of a name that comes twice the last (spec rest-api.md 2.2).</summary>
internal sealed class QueryParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public QueryParameters(QueryString query)
    {
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            if (pair.DecodeName().Length > 0) _values[pair.DecodeName().ToString()] = pair.DecodeValue().ToString();
        }
    }

    public IReadOnlyDictionary<string, string> All => _values;

    /// <summary>Null where it is absent or empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
