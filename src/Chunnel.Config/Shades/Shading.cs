using Chunnel.Config.DeadLetters;
using Chunnel.Config.Env;
using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>
/// Opens or closes the secrets of a job: the members that stand directly inside a source, transform or sink, the dead letters' sink among them, and whose names are sensitive, letter
/// for letter (spec config.md 10, rest-api.md 8).
/// </summary>
internal sealed class Shading
{
    private const string CannotDecrypt = ShadedJob.CannotDecrypt;
    private const string CannotEncrypt = ShadedJob.CannotEncrypt;

    private readonly string _identifier;
    private readonly IShade _shade;
    private readonly HashSet<string> _keys;
    private readonly List<Problem> _problems;

    private Shading(string identifier, IShade shade, IEnumerable<string> moreKeys, List<Problem> problems)
    {
        _identifier = identifier;
        _shade = shade;
        _keys = new HashSet<string>([.. Secrets.Keys, .. shade.SensitiveOptions, .. moreKeys], StringComparer.Ordinal);
        _problems = problems;
    }

    /// <summary>The job with its secrets as they are meant, marked so that nothing shows them.</summary>
    public static SettingsObject Open(SettingsObject root, ShadeSet? shades, List<Problem> problems) =>
        Of(root, shades, CannotDecrypt, problems) is { } shading ? shading.Sections(root, shading.Opened) : root;

    /// <summary>The job with its secrets as they may be stored.</summary>
    public static SettingsObject Close(SettingsObject root, ShadeSet? shades, List<Problem> problems) =>
        Of(root, shades, CannotEncrypt, problems) is { } shading ? shading.Sections(root, shading.Closed) : root;

    /// <summary>What <c>env</c> asks for; null where nothing is to be done.</summary>
    private static Shading? Of(SettingsObject root, ShadeSet? shades, string failed, List<Problem> problems)
    {
        if (root[JobSections.Env] is not SettingsObject env) return null;
        var options = env.Find(EnvKeys.ShadeOptions) is { } names ? SettingsConvert.ToTextList(names.Key, names.Value) : [];
        Conceal(root, options);
        if (shades is null) return null;
        if (env.Find(EnvKeys.ShadeIdentifier) is not { } identifier || SettingsConvert.ToText(identifier.Value) is not { Length: > 0 } name || name == ShadeSet.None) return null;
        if (shades.Find(name) is not { } entry)
        {
            problems.Add(new Problem(CommonErrors.ConfigValidateFailed, $"There is no shade '{name}': secrets are taken as they stand.")
            {
                Severity = Severity.Warning,
                Where = identifier.Value.Where,
                Mend = Nearest.DidYouMean(name, shades.Identifiers) ?? $"Known: {string.Join(", ", shades.Identifiers)}.",
            });
            return null;
        }
        try
        {
            var given = env.Find(EnvKeys.ShadeProperties);
            given?.KeyWhere.Conceal(given.Key);
            var properties = given is null ? SettingsObject.Empty : SettingsConvert.ToObject(given.Key, given.Value);
            var shade = entry.Open(properties);
            Conceal(root, shade.SensitiveOptions);
            if (shade.Weakness is { } weakness) problems.Add(new Problem(CommonErrors.ConfigValidateFailed, weakness) { Severity = Severity.Warning, Where = identifier.Value.Where });
            return new Shading(name, shade, options, problems);
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            problems.Add(Failed(failed, $"The shade '{name}' {Why(wrong)}.", identifier.Value.Where, (wrong as ShadeException)?.Mend));
            return null;
        }
    }

    /// <summary>Errors show lines of the file: what these keys hold is left out.</summary>
    private static void Conceal(SettingsObject root, IReadOnlyList<string> keys)
    {
        if (keys.Count == 0) return;
        foreach (var entry in Blocks(root).SelectMany(block => block.Entries).Where(entry => keys.Contains(entry.Key))) entry.KeyWhere.Conceal(entry.Key);
    }

    private static IEnumerable<SettingsObject> Blocks(SettingsObject root) =>
        root.Entries.Where(entry => JobSections.IsSection(entry.Key)).SelectMany(entry => entry.Value is SettingsList list ? list.Items : []).OfType<SettingsObject>();

    private SettingsObject Sections(SettingsObject root, Func<string, SettingsNode, SettingsNode> change) => root with
    {
        Entries = [.. root.Entries.Select(entry => JobSections.IsSection(entry.Key) && entry.Value is SettingsList blocks
            ? entry with { Value = blocks with { Items = [.. blocks.Items.Select(block => block is SettingsObject options ? Block(options, change) : block)] } }
            : entry.Key == JobSections.Env && entry.Value is SettingsObject env
                ? entry with { Value = DeadLetterKeys.WithSink(env, option => Option(option, change)) }
                : entry)],
    };

    private SettingsObject Block(SettingsObject options, Func<string, SettingsNode, SettingsNode> change) => options with
    {
        Entries = [.. options.Entries.Select(entry => Option(entry, change))],
    };

    private SettingsEntry Option(SettingsEntry entry, Func<string, SettingsNode, SettingsNode> change) =>
        _keys.Contains(entry.Key) ? entry with { Value = change(entry.Key, entry.Value) } : entry;

    /// <summary>Unquoted, a shaded text may look like a number; an object is none and stays.</summary>
    private SettingsNode Opened(string key, SettingsNode value) => value switch
    {
        SettingsList list => list with { Items = [.. list.Items.Select(item => Opened(key, item))] },
        SettingsScalar { Kind: not ScalarKind.Null, Text.Length: > 0 } shaded => Try(key, shaded, CannotDecrypt, () => new SettingsScalar(_shade.Decrypt(shaded.Text), ScalarKind.Text)
        {
            Quoted = true,
            IsSecret = true,
            Where = shaded.Where,
        }),
        _ => value,
    };

    private SettingsNode Closed(string key, SettingsNode value)
    {
        switch (value)
        {
            case SettingsList list:
                return list with { Items = [.. list.Items.Select(item => Closed(key, item))] };
            case SettingsScalar { Kind: ScalarKind.Text, Text.Length: > 0 } plain:
                return Try(key, plain, CannotEncrypt, () => plain with { Text = _shade.Encrypt(plain.Text) });
            case SettingsScalar { Kind: ScalarKind.Text or ScalarKind.Null }:
                return value;
            default:
                _problems.Add(Failed(CannotEncrypt, $"Only texts and lists of texts are encrypted, and '{key}' is neither.", value.Where, $"Write the value of '{key}' in quotes."));
                return value;
        }
    }

    private SettingsScalar Try(string key, SettingsScalar value, string failed, Func<SettingsScalar> change)
    {
        try
        {
            return change();
        }
        // A shade is a plug-in: whatever it throws is a failure of that value, and only what it says as a ShadeException is fit to be shown.
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            _problems.Add(Failed(failed, $"The value of '{key}' {Why(wrong)} (shade '{_identifier}').", value.Where, (wrong as ShadeException)?.Mend));
            return value;
        }
    }

    private static string Why(Exception wrong) => wrong is ShadeException known ? known.Message : $"could not be dealt with: {wrong.GetType().Name}";

    private static Problem Failed(string failed, string why, TextPosition where, string? mend) =>
        new(CommonErrors.ConfigValidateFailed, failed) { Where = where, Mend = mend is null ? why : $"{why} {mend}" };
}
