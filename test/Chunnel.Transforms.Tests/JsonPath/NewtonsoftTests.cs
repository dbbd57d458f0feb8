using System.Text;
using System.Text.Json;
using Chunnel.Core;
using Chunnel.TestKit;
using Chunnel.Transforms.JsonPath;
using Chunnel.Transforms.Tests.Tables;
using Newtonsoft.Json.Linq;

namespace Chunnel.Transforms.Tests.JsonPath;

/// <summary>Random paths into random values, beside an implementation that we did not write. Where both dialects differ by design, the path is not asked.</summary>
public sealed class NewtonsoftTests
{
    /// <summary>What stands under each name, so that a path asks of a value what both know to answer.</summary>
    private static readonly (string Name, char Kind)[] Names = [("o", 'o'), ("p", 'o'), ("l", 'l'), ("m", 'm'), ("n", 'v'), ("s", 'v'), ("z", 'v')];

    private static readonly TableSchema Texts = new(TablePath.Parse("t"), [new ColumnDef("t", DataType.String)]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Both_find_the_same(int seed)
    {
        var chance = new Random(seed);
        var found = 0;
        for (var round = 0; round < 150; round++)
        {
            var path = Path(chance);
            var settings = $$"""{ "columns": [ { "src_field": "t", "path": {{JsonSerializer.Serialize(path)}}, "dest_field": "v", "column_error_handle_way": "SKIP" } ] }""";
            var texts = Enumerable.Range(0, 8).Select(_ => Object(chance, 0)).ToList();
            var (_, rows) = await Transforming.ApplyAsync(new JsonPathPlugin(), settings, Texts, [.. texts.Select(text => new BoxedRow(text))]);
            for (var i = 0; i < texts.Count; i++)
            {
                var theirs = Theirs(texts[i], path);
                var ours = (string?)rows[i][1] is { } text ? IsDefinite(path) ? [Plain(text)] : JArray.Parse(text).Select(token => Plain(token.ToString(Newtonsoft.Json.Formatting.None))).ToList() : [];
                // Of values within values we take the outer ones first, as Jayway does, the other goes through the text.
                ours.ShouldBe(theirs, ignoreOrder: path.Contains("..", StringComparison.Ordinal), customMessage: $"seed {seed}: {path} in {texts[i]}");
                found += ours.Count;
            }
        }
        found.ShouldBeGreaterThan(300, "paths that find nothing prove nothing");
    }

    private static bool IsDefinite(string path) => !path.Contains("..", StringComparison.Ordinal) && path.IndexOfAny(['*', ':', ',', '?']) < 0;

    /// <summary>What the other finds; a null that one place holds is nothing, as in our column.</summary>
    private static List<string> Theirs(string text, string path)
    {
        var found = JToken.Parse(text).SelectTokens(path).Select(token => token.ToString(Newtonsoft.Json.Formatting.None)).ToList();
        return [.. (IsDefinite(path) ? found.Where(one => one != "null") : found).Select(Plain)];
    }

    /// <summary>Texts stand without quotes in our column.</summary>
    private static string Plain(string json) => json is ['"', .. var inner, '"'] ? inner : json;

    private static string Path(Random chance)
    {
        var path = new StringBuilder("$");
        var kind = 'o';
        for (var steps = chance.Next(1, 6); steps > 0 && kind != 'v'; steps--)
        {
            if (kind == 'o') kind = Member(path, chance);
            else
            {
                path.Append(chance.Next(kind == 'l' ? 6 : 4) switch
                {
                    0 => $"[{chance.Next(3)}]",
                    1 => $"[{chance.Next(2)}:{chance.Next(2, 4)}]",
                    2 => chance.Next(2) == 0 ? $"[-{chance.Next(1, 3)}:]" : $"[:{chance.Next(1, 3)}]",
                    3 => "[*]",
                    _ => $"[?({Condition(chance)})]",
                });
                kind = kind == 'l' ? 'o' : 'v';
            }
        }
        return path.ToString();
    }

    private static char Member(StringBuilder path, Random chance)
    {
        var (name, kind) = Names[chance.Next(Names.Length)];
        switch (chance.Next(8))
        {
            case 0:
                path.Append(".*");
                return 'v';
            case 1 or 2:
                path.Append($"..{name}");
                return kind;
            case 3:
                path.Append($"['{name}']");
                return kind;
            default:
                path.Append($".{name}");
                return kind;
        }
    }

    private static string Condition(Random chance) => chance.Next(5) switch
    {
        0 => $"@.{Names[chance.Next(Names.Length)].Name}",
        1 => $"@.n {(chance.Next(2) == 0 ? "<" : ">=")} {chance.Next(6)}",
        2 => $"@.n == {chance.Next(6)} || @.s == 'x'",
        3 => $"@.s != 'x' && @.n <= {chance.Next(6)}",
        _ => "@.o.s == 'y'",
    };

    private static string Object(Random chance, int depth) =>
        "{" + string.Join(",", Names.Where(name => chance.Next(5) > 0 && (depth < 3 || name.Kind == 'v')).Select(name => $"\"{name.Name}\":{Value(name.Name, chance, depth + 1)}")) + "}";

    private static string Value(string name, Random chance, int depth) => name switch
    {
        "o" or "p" => Object(chance, depth),
        "l" => "[" + string.Join(",", Enumerable.Range(0, chance.Next(4)).Select(_ => Object(chance, depth))) + "]",
        "m" => "[" + string.Join(",", Enumerable.Range(0, chance.Next(5)).Select(_ => chance.Next(10))) + "]",
        "n" => chance.Next(6).ToString(System.Globalization.CultureInfo.InvariantCulture),
        "s" => chance.Next(2) == 0 ? "\"x\"" : "\"y\"",
        _ => chance.Next(2) == 0 ? "null" : "true",
    };
}
