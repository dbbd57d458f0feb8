using System.Globalization;
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

    /// <summary>A whole number; null where the parameter is absent or empty.</summary>
    /// <exception cref="RestRefusal">It is no number.</exception>
    public int? Number(string name) => this[name] is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw RestRefusal.NotANumber(text);

    /// <summary>The same, as v1 reads what a job is submitted with: each name has a value, each escape is whole.</summary>
    /// <exception cref="RestRefusal">One has not.</exception>
    public static QueryParameters WithValues(QueryString query)
    {
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            if (pair.EncodedValue.IsEmpty || pair.EncodedName.IsEmpty) throw RestRefusal.BadRequest(WireTexts.ParameterWithoutValue);
            if (HasBrokenEscape(pair.EncodedName.Span) || HasBrokenEscape(pair.EncodedValue.Span)) throw RestRefusal.BadRequest(WireTexts.ParameterEncoding);
        }
        return new QueryParameters(query);
    }

    private static bool HasBrokenEscape(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%'))
        {
            if (text.Length < at + 3 || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2])) return true;
            text = text[(at + 3)..];
        }
        return false;
    }
}
