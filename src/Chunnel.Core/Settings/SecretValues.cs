using System.Buffers;
using System.Text;

namespace Chunnel.Core;

/// <summary>
/// The secrets of one job, to be hidden by value: what a driver or a plug-in says when it fails may hold any of them, in a text that has no
/// shape of ours (S10). Where a text is known to be settings, <see cref="Secrets"/> hides by name.
/// </summary>
public sealed class SecretValues
{
    public static readonly SecretValues None = new([]);

    // What is shorter is hidden only where it stands as a word of its own: "abc" is in too many others.
    private const int SureLength = 6;

    // One or two characters keep no secret, and hiding them everywhere would tell them.
    private const int LeastLength = 3;

    private readonly string[] _values;
    private readonly SearchValues<string> _any;

    private SecretValues(IEnumerable<string> values)
    {
        _values = [.. values.Distinct(StringComparer.Ordinal).Where(value => value.Length >= LeastLength).OrderByDescending(value => value.Length)];
        _any = SearchValues.Create(_values, StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="settings">What to look through: each object with the keys that are secret in it beside those that always are.</param>
    public static SecretValues Of(IEnumerable<(SettingsObject Settings, IReadOnlyCollection<string> AlsoSecret)> settings)
    {
        var found = new SecretWalk();
        foreach (var (each, alsoSecret) in settings) found.Look(each, alsoSecret);
        return new SecretValues(found.Values.SelectMany(Forms));
    }

    /// <summary>The text with every secret masked.</summary>
    public string Hide(string text)
    {
        if (!text.AsSpan().ContainsAny(_any)) return text;
        var spans = _values.SelectMany(value => PlacesOf(value, text)).OrderBy(span => span.Start).ThenByDescending(span => span.End).ToList();
        var shown = new StringBuilder(text.Length);
        var done = 0;
        foreach (var (start, end) in spans)
        {
            if (start >= done) shown.Append(text, done, start - done).Append(Secrets.Mask);
            done = Math.Max(done, end);
        }
        return shown.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>The same problem with every secret in its texts masked.</summary>
    public Problem Hide(Problem problem) => problem with
    {
        Code = Hide(problem.Code),
        What = Hide(problem.What),
        Mend = problem.Mend is null ? null : Hide(problem.Mend),
    };

    /// <summary>Some codes have a description that names a file or a value.</summary>
    public ErrorCode Hide(ErrorCode code) => Hide(code.Description) is var shown && shown == code.Description ? code : code with { Description = shown };

    private static IEnumerable<(int Start, int End)> PlacesOf(string value, string text)
    {
        var sure = value.Length >= SureLength;
        var comparison = sure ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (var at = text.IndexOf(value, comparison); at >= 0; at = text.IndexOf(value, at + 1, comparison))
        {
            var end = at + value.Length;
            if (sure || ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))) yield return (at, end);
        }
    }

    /// <summary>A value as others write it: as it is, escaped in quotes, in an address, in base64.</summary>
    private static IEnumerable<string> Forms(string value)
    {
        yield return value;
        if (value.Length >= LeastLength) yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('=');
        // Letters and digits are written as they are everywhere else: nothing need be loaded that escapes.
        if (value.All(char.IsAsciiLetterOrDigit)) yield break;
        yield return value.Trim();
        yield return value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        yield return Uri.EscapeDataString(value);
        yield return Uri.UnescapeDataString(value);
    }
}
