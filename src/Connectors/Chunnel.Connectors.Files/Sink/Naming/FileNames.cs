using System.Text;
using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Names files by an expression (spec connectors.md 6.5): its text, a number, the codec's suffix, the extension.</summary>
internal sealed class FileNames(string expression, TimePattern now, string suffix, bool numbered, TimeProvider clock, Func<Guid> newGuid)
{
    public const string TransactionId = "transactionId";
    private const string Now = "now";
    private const string Uuid = "uuid";

    public static readonly IReadOnlyList<string> Variables = [TransactionId, Now, Uuid];

    /// <summary>The names in <c>${...}</c> of an expression.</summary>
    public static IReadOnlyList<string> VariablesIn(string expression)
    {
        var found = new List<string>();
        for (var at = expression.IndexOf("${", StringComparison.Ordinal); at >= 0; at = expression.IndexOf("${", at + 2, StringComparison.Ordinal))
        {
            var end = expression.IndexOf('}', at);
            if (end < 0) break;
            found.Add(expression[(at + 2)..end]);
        }
        return found;
    }

    /// <summary>The part of a name that is the same for all numbers.</summary>
    public string Stem(string transactionId)
    {
        var name = new StringBuilder(expression.Length + 64);
        var rest = expression.AsSpan();
        while (rest.IndexOf("${") is >= 0 and var at && rest[at..].IndexOf('}') is >= 0 and var length)
        {
            name.Append(rest[..at]).Append(ValueOf(rest.Slice(at + 2, length - 2), transactionId) ?? rest.Slice(at, length + 1).ToString());
            rest = rest[(at + length + 1)..];
        }
        return name.Append(rest).ToString();
    }

    /// <summary>A whole name. The number 0 of a single file is not written.</summary>
    public string Name(string stem, int number) => numbered || number > 0 ? $"{stem}_{number}{suffix}" : $"{stem}{suffix}";

    private string? ValueOf(ReadOnlySpan<char> variable, string transactionId) => variable switch
    {
        TransactionId => transactionId,
        Now => NameTime.Of(clock.GetLocalNow(), now),
        Uuid => newGuid().ToString(),
        _ => null,
    };
}
