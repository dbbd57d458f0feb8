using System.Buffers;
using System.Text.RegularExpressions;

namespace Chunnel.Core;

/// <summary>Which settings are never shown, and how they look where they would stand (spec config.md 1).</summary>
public static partial class Secrets
{
    public const string Mask = "******";

    /// <summary>Keys that SeaTunnel hides, compared without case and without <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public static readonly IReadOnlyList<string> Keys = ["username", "password", "auth", "token", "access_key", "secret_key"];

    private static readonly HashSet<string> PlainKeys = [.. Keys.Select(Plain)];

    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t,&;\"'}]");

    // What connectors call their secrets beyond these six: db_password, sasl.password, api-key, client.secret ...
    private static readonly string[] Endings = ["password", "passwd", "secret", "secretkey", "accesskey", "apikey", "token", "privatekey"];

    /// <param name="key">As written; of a dotted key the whole counts.</param>
    /// <param name="alsoSecret">Further keys, as <c>shade.options</c> names them.</param>
    public static bool IsSecret(string key, IReadOnlyCollection<string>? alsoSecret = null)
    {
        var plain = Plain(key);
        return PlainKeys.Contains(plain)
            || Endings.Any(ending => plain.EndsWith(ending, StringComparison.Ordinal))
            || (alsoSecret is not null && alsoSecret.Any(other => Plain(other) == plain));
    }

    /// <summary>The same settings with every secret value hidden: values under secret keys at any depth, and JDBC addresses.</summary>
    public static SettingsObject Masked(SettingsObject settings, IReadOnlyCollection<string>? alsoSecret = null) => settings with
    {
        Entries = [.. settings.Entries.Select(entry => entry with
        {
            Value = IsSecret(entry.Key, alsoSecret) ? Hidden(entry.Value) : MaskedValue(entry.Value, alsoSecret),
        })],
    };

    /// <summary>A line of a job file as an error may show it: values after secret keys hidden, every other character in its column.</summary>
    public static string MaskedLine(string line)
    {
        if (!MayHoldSecret().IsMatch(line)) return line;
        var shown = line.ToCharArray();
        foreach (Match match in KeyBeforeValue().Matches(line))
        {
            if (!IsSecret(match.Groups["key"].Value)) continue;
            var start = match.Index + match.Length;
            shown.AsSpan(start, ValueLength(line.AsSpan(start))).Fill('*');
        }
        return new string(shown);
    }

    // In quotes up to the closing one; of a list or object the rest of the line; else up to what can end a value.
    private static int ValueLength(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty) return 0;
        var end = rest[0] switch
        {
            '"' or '\'' => rest[1..].IndexOf(rest[0]) is var close and >= 0 ? close + 2 : -1,
            '[' or '{' => -1,
            _ => rest.IndexOfAny(ValueEnds),
        };
        return end < 0 ? rest.Length : end;
    }

    private static SettingsNode MaskedValue(SettingsNode value, IReadOnlyCollection<string>? alsoSecret) => value switch
    {
        SettingsObject inner => Masked(inner, alsoSecret),
        SettingsList list => list with { Items = [.. list.Items.Select(item => MaskedValue(item, alsoSecret))] },
        SettingsScalar { Kind: ScalarKind.Text } scalar when scalar.Text.StartsWith("jdbc:", StringComparison.Ordinal) => scalar with { Text = Mask },
        _ => value,
    };

    private static SettingsNode Hidden(SettingsNode value) => value switch
    {
        SettingsObject inner => inner with { Entries = [.. inner.Entries.Select(entry => entry with { Value = Hidden(entry.Value) })] },
        SettingsList list => list with { Items = [.. list.Items.Select(Hidden)] },
        SettingsScalar { Kind: ScalarKind.Null } => value,
        _ => new SettingsScalar(Mask, ScalarKind.Text) { Quoted = true, Where = value.Where },
    };

    private static string Plain(string key) => string.Concat(key.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex("""(?<key>[\w.\-]+)["'`]?\s*[=:]\s*""", RegexOptions.NonBacktracking)]
    private static partial Regex KeyBeforeValue();

    [GeneratedRegex("pass|secret|token|auth|username|access.?key|api.?key|private.?key", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex MayHoldSecret();
}
