using System.Globalization;
using Chunnel.Core;
using YamlDotNet.RepresentationModel;

namespace Chunnel.Server;

/// <summary>One level of a settings file. Keys that nobody asked for are unknown: <see cref="WarnOfOthers"/> tells them.</summary>
/// <param name="path">The keys that lead here, each followed by a dot; empty at the top.</param>
/// <param name="node">Null where the section is absent.</param>
/// <param name="source">The file.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class YamlSection(string path, YamlMappingNode? node, SourceText source, List<Problem> problems)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public YamlSection Section(string key)
    {
        if (Find(key) is not { } found) return new YamlSection($"{path}{key}.", null, source, problems);
        if (found is YamlMappingNode inner) return new YamlSection($"{path}{key}.", inner, source, problems);
        if (!IsNull(found)) Wrong(found, $"{path}{key} must hold keys and values.", null);
        return new YamlSection($"{path}{key}.", null, source, problems);
    }

    public string? Text(string key)
    {
        if (Find(key) is not { } found || IsNull(found)) return null;
        if (found is YamlScalarNode scalar) return scalar.Value;
        Wrong(found, $"{path}{key} must be one value.", null);
        return null;
    }

    public bool? Bool(string key)
    {
        if (Text(key) is not { } text) return null;
        if (bool.TryParse(text, out var value)) return value;
        Wrong(Find(key)!, $"{path}{key} must be true or false, not '{text}'.", null);
        return null;
    }

    /// <summary>A number above 0.</summary>
    public int? Positive(string key) => AtLeast(key, 1, "must be > 0");

    /// <summary>A number that is 0 or more.</summary>
    public int? NotNegative(string key) => AtLeast(key, 0, "must be >= 0");

    /// <summary>A number that is this or more.</summary>
    public int? AtLeast(string key, int least) => AtLeast(key, least, $"must be >= {least}");

    /// <summary>A port that can be listened on.</summary>
    public int? Port(string key)
    {
        const int Most = 65_535;
        var port = Positive(key);
        if (port is null or <= Most) return port;
        Wrong(Find(key)!, $"{path}{key} must be at most {Most}, not {port}.", null);
        return null;
    }

    /// <summary>One of some words, in any case.</summary>
    public string? Choice(string key, params IReadOnlyList<string> words)
    {
        if (Text(key) is not { } text) return null;
        if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known) return known;
        Wrong(Find(key)!, $"{path}{key} must be one of {string.Join(", ", words)}, not '{text}'.", Nearest.DidYouMean(text, words));
        return null;
    }

    public IReadOnlyList<string> List(string key)
    {
        if (Find(key) is not { } found || IsNull(found)) return [];
        if (found is YamlSequenceNode list) return [.. list.Children.OfType<YamlScalarNode>().Select(item => item.Value ?? "")];
        if (found is YamlScalarNode scalar) return (scalar.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Wrong(found, $"{path}{key} must be a list.", null);
        return [];
    }

    /// <summary>The keys here and what they hold, for sections whose keys are the user's.</summary>
    public IEnumerable<string> Keys() => node is null ? [] : node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>Known keys whose values mean nothing to this program.</summary>
    public void Accept(params IReadOnlyList<string> keys) => _asked.UnionWith(keys);

    /// <summary>Something that is asked for and cannot be had: the node starts, and says so.</summary>
    public void WarnNotCarriedOut(string key, string what) => problems.Add(new Problem(ServerErrors.SettingsWrong, $"{path}{key}: {what}")
    {
        Severity = Severity.Warning,
        Where = PlaceOf(Find(key)),
    });

    /// <summary>Something that is asked for, cannot be had, and must not be left out in silence: the node does not start.</summary>
    public void Refuse(string key, string what, string mend) => Wrong(Find(key)!, $"{path}{key}: {what}", mend);

    /// <summary>Warns of the keys that nobody asked for.</summary>
    public void WarnOfOthers()
    {
        if (node is null) return;
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !_asked.Contains(key.Value ?? "")))
        {
            problems.Add(new Problem(ServerErrors.SettingsWrong, $"Unrecognized element: {key.Value}")
            {
                Severity = Severity.Warning,
                Where = PlaceOf(key),
                Mend = Nearest.DidYouMean(key.Value ?? "", _asked),
            });
        }
    }

    private int? AtLeast(string key, int least, string otherwise)
    {
        if (Text(key) is not { } text) return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) Wrong(Find(key)!, $"{path}{key} must be a number, not '{text}'.", null);
        else if (value < least) Wrong(Find(key)!, $"{path}{key} {otherwise}, not {value}.", null);
        else if (value > int.MaxValue) Wrong(Find(key)!, $"{path}{key} must be at most {int.MaxValue}, not {value}.", null);
        else return (int)value;
        return null;
    }

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        return node is not null && node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;
    }

    private void Wrong(YamlNode at, string what, string? mend) =>
        problems.Add(new Problem(ServerErrors.SettingsWrong, what) { Where = PlaceOf(at), Mend = mend });

    private TextPosition PlaceOf(YamlNode? at) =>
        at is null ? TextPosition.Nowhere : source.At((int)at.Start.Index, (int)(at.End.Index - at.Start.Index));

    private static bool IsNull(YamlNode found) =>
        found is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "null" or "~" };
}
