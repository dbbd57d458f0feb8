using System.Text;

namespace Chunnel.Core;

/// <summary>Which settings are never shown, and how they look where they would stand (spec config.md 1).</summary>
public static class Secrets
{
    public const string Mask = "******";

    /// <summary>What is handed to a cipher: nobody else's business.</summary>
    internal const string ShadeProperties = "shade.properties";

    private const string UserName = "username";

    /// <summary>Keys that SeaTunnel hides, compared without case and without <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public static readonly IReadOnlyList<string> Keys = [UserName, "password", "auth", "token", "access_key", "secret_key"];

    private static readonly HashSet<string> PlainKeys = [.. Keys.Select(Plain)];

    // What connectors call their secrets beyond these six: db_password, sasl.password, api-key, client.secret, a header Authorization ...
    private static readonly string[] Endings = ["password", "passwd", "passphrase", "secret", "secretkey", "accesskey", "apikey", "token", "privatekey", "authorization"];

    /// <param name="key">As written; of a dotted key the whole counts.</param>
    /// <param name="alsoSecret">Further keys, as <c>shade.options</c> names them.</param>
    public static bool IsSecret(string key, IReadOnlyCollection<string>? alsoSecret = null)
    {
        var plain = Plain(key);
        return PlainKeys.Contains(plain)
            || Endings.Any(ending => plain.EndsWith(ending, StringComparison.Ordinal))
            || (alsoSecret is not null && alsoSecret.Any(other => Plain(other) == plain));
    }

    /// <summary>True for the one secret that is a name: it may be a word that other names have too.</summary>
    internal static bool IsUserName(string key) => Plain(key) == UserName;

    /// <summary>
    /// The same settings with every secret hidden: values under secret keys at any depth, values that are marked, JDBC addresses, and passwords
    /// inside other addresses. What <c>shade.properties</c> hands to a cipher is nobody's business either.
    /// </summary>
    public static SettingsObject Masked(SettingsObject settings, IReadOnlyCollection<string>? alsoSecret = null) => settings with
    {
        Entries = [.. settings.Entries.Select(entry => entry with
        {
            Value = entry.Key == ShadeProperties || IsSecret(entry.Key, alsoSecret) ? Hidden(entry.Value) : MaskedValue(entry.Value, alsoSecret),
        })],
    };

    /// <summary>One value as it may be shown; see <see cref="Masked"/>.</summary>
    internal static SettingsNode MaskedNode(SettingsNode value) => MaskedValue(value, null);

    /// <summary>The same value, marked: neither an error nor a screen shows it. Its members and items are marked too.</summary>
    public static SettingsNode Marked(SettingsNode value) => value switch
    {
        SettingsObject inner => inner with { Entries = [.. inner.Entries.Select(entry => entry with { Value = Marked(entry.Value) })] },
        SettingsList list => list with { Items = [.. list.Items.Select(Marked)] },
        SettingsScalar scalar => scalar with { IsSecret = true },
        _ => value,
    };

    /// <summary>A line of a job file as an error may show it: secrets hidden, every other character in its column.</summary>
    public static string MaskedLine(string line) => new SourceText("", line).Shown(0, 0, line.Length);

    /// <summary>A text, such as an address, as an error may show it.</summary>
    public static string MaskedText(string text)
    {
        var spans = SecretSpans.Find(text, []);
        if (spans.Count == 0) return text;
        var shown = new StringBuilder();
        var done = 0;
        foreach (var (start, end) in spans)
        {
            if (start >= done) shown.Append(text, done, start - done).Append(Mask);
            done = Math.Max(done, end);
        }
        return shown.Append(text, done, text.Length - done).ToString();
    }

    private static SettingsNode MaskedValue(SettingsNode value, IReadOnlyCollection<string>? alsoSecret) => value switch
    {
        SettingsObject inner => Masked(inner, alsoSecret),
        SettingsList list => list with { Items = [.. list.Items.Select(item => MaskedValue(item, alsoSecret))] },
        SettingsScalar { IsSecret: true } => Hidden(value),
        SettingsScalar { Kind: ScalarKind.Text } scalar when scalar.Text.StartsWith("jdbc:", StringComparison.Ordinal) => Hidden(value),
        SettingsScalar { Kind: ScalarKind.Text } scalar => scalar with { Text = MaskedText(scalar.Text) },
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
}
