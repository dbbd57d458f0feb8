using System.Globalization;
using System.Text;

namespace Chunnel.Rest.Tests;

/// <summary>
/// A strict reader of both texts that Prometheus takes, written from their grammars: what it takes, every scraper takes. It refuses families
/// in pieces, names that do not belong to their type, labels twice, series twice, values that are no numbers, and texts without an end.
/// </summary>
internal sealed class Exposition
{
    private readonly bool _isOpen;
    private readonly Dictionary<string, ExposedFamily> _families = new(StringComparer.Ordinal);
    private ExposedFamily? _current;

    private Exposition(bool isOpen) => _isOpen = isOpen;

    public static IReadOnlyDictionary<string, ExposedFamily> ReadOpenMetrics(string text)
    {
        text.ShouldEndWith("# EOF\n");
        return new Exposition(isOpen: true).Read(text[..^"# EOF\n".Length]);
    }

    /// <summary>The text format 0.0.4, with the comma behind the last label that SeaTunnel writes.</summary>
    public static IReadOnlyDictionary<string, ExposedFamily> ReadPrometheus(string text) => new Exposition(isOpen: false).Read(text);

    private Dictionary<string, ExposedFamily> Read(string text)
    {
        if (text.Length > 0) text.ShouldEndWith("\n");
        text.ShouldNotContain('\r');
        foreach (var line in text.Split('\n').SkipLast(1))
        {
            if (line.StartsWith('#')) ReadComment(line);
            else ReadSample(line);
        }
        foreach (var family in _families.Values) Check(family);
        return _families;
    }

    private void ReadComment(string line)
    {
        var parts = line.Split(' ', 4);
        parts.Length.ShouldBe(4, line);
        parts[0].ShouldBe("#", line);
        var name = parts[2];
        name.ShouldMatch("^[a-zA-Z_:][a-zA-Z0-9_:]*$");
        if (_current?.Name != name)
        {
            _families.ShouldNotContainKey(name, $"{name} stands in two pieces");
            _families[name] = _current = new ExposedFamily(name);
        }
        _current!.Samples.ShouldBeEmpty($"{line} comes after its samples");
        switch (parts[1])
        {
            case "TYPE":
                _current.Type.ShouldBeNull(line);
                string[] types = _isOpen ? ["gauge", "counter", "summary", "info", "unknown"] : ["gauge", "counter", "summary", "untyped"];
                types.ShouldContain(parts[3], line);
                _current.Type = parts[3];
                break;
            case "HELP":
                _current.Help.ShouldBeNull(line);
                _current.Help = parts[3];
                break;
            default:
                throw new ShouldAssertException($"There is no such comment: {line}");
        }
    }

    private void ReadSample(string line)
    {
        var at = 0;
        while (at < line.Length && line[at] is not ('{' or ' ')) at++;
        var name = line[..at];
        var labels = new List<(string Name, string Value)>();
        if (line[at] == '{') at = ReadLabels(line, at + 1, labels);
        line[at].ShouldBe(' ', line);
        var text = line[(at + 1)..];
        text.ShouldMatch(@"^-?\d+(\.\d+)?(E-?\d+)?$|^NaN$|^[+-]Inf$", line);
        _current.ShouldNotBeNull(line);
        name.ShouldStartWith(_current.Name, Case.Sensitive, line);
        var value = text switch { "NaN" => double.NaN, "+Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, _ => double.Parse(text, CultureInfo.InvariantCulture) };
        _current.Samples.Add(new ExposedSample(name, labels, value, text));
    }

    private int ReadLabels(string line, int at, List<(string Name, string Value)> labels)
    {
        while (line[at] != '}')
        {
            var equals = line.IndexOf("=\"", at, StringComparison.Ordinal);
            var name = line[at..equals];
            name.ShouldMatch("^[a-zA-Z_][a-zA-Z0-9_]*$", line);
            var value = new StringBuilder();
            for (at = equals + 2; line[at] != '"'; at++)
            {
                if (line[at] != '\\') value.Append(line[at]);
                else value.Append(line[++at] switch { 'n' => '\n', '\\' => '\\', '"' => '"', _ => throw new ShouldAssertException($"No such escape: {line}") });
            }
            at++;
            labels.ShouldNotContain(label => label.Name == name, line);
            labels.Add((name, value.ToString()));
            if (!_isOpen) line[at].ShouldBe(',', "a comma follows each label, also the last one, as in SeaTunnel");
            if (line[at] != ',') continue;
            at++;
            if (_isOpen) line[at].ShouldNotBe('}', "no comma follows the last label");
        }
        return at + 1;
    }

    private void Check(ExposedFamily family)
    {
        family.Type.ShouldNotBeNull(family.Name);
        family.Help.ShouldNotBeNull(family.Name);
        family.Samples.ShouldNotBeEmpty(family.Name);
        string[] suffixes = (family.Type, _isOpen) switch
        {
            ("counter", true) => ["_total", "_created"],
            ("summary", _) => ["_count", "_sum"],
            ("info", _) => ["_info"],
            _ => [""],
        };
        foreach (var sample in family.Samples)
        {
            suffixes.ShouldContain(sample.Name[family.Name.Length..], $"{sample.Name} is no name in a {family.Type}");
            if (family.Type is "counter" or "summary") sample.Value.ShouldBeGreaterThanOrEqualTo(0, sample.Name);
            if (family.Type == "info") sample.Value.ShouldBe(1);
        }
        if (!_isOpen && family.Type == "counter") family.Name.ShouldEndWith("_total");
        var series = family.Samples.Select(sample => $"{sample.Name}{{{string.Join(",", sample.Labels.OrderBy(label => label.Name))}}}").ToList();
        series.Distinct().Count().ShouldBe(series.Count, $"{family.Name} tells a series twice");
        family.Samples.GroupBy(sample => sample.Name).ShouldAllBe(group => group.Select(sample => string.Join(",", sample.Labels.Select(label => label.Name))).Distinct().Count() == 1);
    }
}
