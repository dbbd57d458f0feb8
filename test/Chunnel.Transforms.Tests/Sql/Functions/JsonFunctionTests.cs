using System.Text.Json;
using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql.Functions;

public class JsonFunctionTests
{
    private static readonly TableSchema Documents = Query.Table(("j", DataType.String), ("p", DataType.String));

    [Theory]
    [InlineData("""{"a":"hello","b":[10,20]}""", "$.a", "hello")]
    [InlineData("""{"a":"hello","b":[10,20]}""", "$.b[1]", "20")]
    [InlineData("""{"a":"hello","b":[10,20]}""", "$.b[2]", null)]
    [InlineData("""{"a":{"b":1}}""", "$.a.b", "1")]
    [InlineData("""{"a":{"b":1}}""", "$.a.c", null)]
    [InlineData("""{"a":{"b":1}}""", "$.a.b.c", null)]
    [InlineData("""{ "a" : { "b" : [ 1 , "x y" ] } }""", "$.a", """{"b":[1,"x y"]}""")]
    [InlineData("""{"a.b":{"c[0]":true}}""", "$['a.b'][\"c[0]\"]", "true")]
    [InlineData("""{"a":null}""", "$.a", null)]
    [InlineData("""{"a":"null"}""", "$.a", "null")]
    [InlineData("""{"a":-1.50e+3}""", "$.a", "-1.50e+3")]
    [InlineData("""{"a":""}""", "$.a", "")]
    [InlineData("""{"a":"q\"\\\/\b\f\n\r\t\u0041\ud83d\ude42"}""", "$.a", "q\"\\/\b\f\n\r\tA🙂")]
    [InlineData("""{"a":1}""", "$.a", "1")]
    [InlineData("""{"a":1,"a":2}""", "$.a", "2")]
    [InlineData("""{"a":{"b":1},"a":{}}""", "$.a.b", null)]
    [InlineData("""[[1,2],[3,4]]""", "$[1][0]", "3")]
    [InlineData(""" "whole" """, "$", "whole")]
    [InlineData("""{"a":[{"x":1},{"x":2}]}""", "$.a[1].x", "2")]
    [InlineData("""{"a":{"k":"} ] ,"}, "b":2}""", "$.b", "2")]
    [InlineData("""{"a": {"k" : "say \" x \\", "l" : 1}}""", "$.a", """{"k":"say \" x \\","l":1}""")]
    [InlineData("""{"\u0061b":1}""", "$.ab", "1")]
    [InlineData("""{"a\"b":{"c":1}}""", "$['a\"b'].c", "1")]
    [InlineData("""{"中":"文"}""", "$.中", "文")]
    [InlineData("""{"a":"\ud83d"}""", "$.a", null)]
    [InlineData("", "$", null)]
    [InlineData("{}", "$.a", null)]
    [InlineData(null, "$.a", null)]
    public void Values_at_a_path(string? json, string path, string? value) =>
        Query.Run(Documents, "select get_json_object(j, p) as x from t", new BoxedRow(json, path)).ShouldBe([new BoxedRow(value)]);

    [Theory] // what is no JSON as a whole gives nothing, even where the path was found
    [InlineData("""{"a":1""")]
    [InlineData("""{"a":1}x""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":1,"b":}""")]
    [InlineData("""{"a":1,"b":01}""")]
    [InlineData("""{"a":1,"b":1.}""")]
    [InlineData("""{"a":1,"b":-}""")]
    [InlineData("""{"a":1,"b":"\x"}""")]
    [InlineData("""{"a":1,"b":"\u00g0"}""")]
    [InlineData("{\"a\":1,\"b\":\"\n\"}")]
    [InlineData("""{"a":1,b:2}""")]
    [InlineData("""{"a":1,"b":nul}""")]
    [InlineData("""{"a":1 "b":2}""")]
    [InlineData("""{"a":1,"b":[1 2]}""")]
    public void What_is_no_json_gives_null(string json) =>
        Query.Run(Documents, "select get_json_object(j, '$.a') as x from t", new BoxedRow(json, null)).ShouldBe([new BoxedRow([null])]);

    /// <summary>The first sixteen bytes of a string are looked at together: its end, an escape and what may not stand in it are found there, at the border and behind it.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("\\\"", "\"")]
    [InlineData("\\u00e9", "é")]
    [InlineData("é", "é")]
    [InlineData("\u001f", null)]
    [InlineData("\u0000", null)]
    public void A_string_ends_where_it_ends_whatever_its_length(string written, string? read)
    {
        var rows = Enumerable.Range(0, 40).Select(length => new BoxedRow($$"""{"a":"{{new string('x', length)}}{{written}}","b":2}""", null)).ToArray();
        Query.Run(Documents, "select get_json_object(j, '$.a') as x, get_json_object(j, '$.b') as y from t", rows)
            .ShouldBe(rows.Select((_, length) => read is null ? new BoxedRow(null, null) : new BoxedRow(new string('x', length) + read, "2")));
    }

    [Theory]
    [InlineData("a", "it does not begin with $")]
    [InlineData("$a", "a step begins with . or [")]
    [InlineData("$..a", "a name is empty (.. is not supported)")]
    [InlineData("$.*", ".* is not supported")]
    [InlineData("$[*]", "brackets hold a number from 0 on, or a name in quotes")]
    [InlineData("$[-1]", "brackets hold a number from 0 on, or a name in quotes")]
    [InlineData("$[\"a]", "a ['name'] is not closed")]
    public void A_path_that_cannot_be_read_is_told_with_the_query(string path, string why) =>
        Query.ProblemOf($"GET_JSON_OBJECT('1', '{path}')").What.ShouldBe($"The path '{path}' of function GET_JSON_OBJECT cannot be read: {why}");

    [Fact]
    public void Deep_documents_are_refused_not_followed() =>
        Query.ValueOf($"GET_JSON_OBJECT('{new string('[', 100_000)}{new string(']', 100_000)}', '$')").ShouldBeNull();

    [Theory] // paths of one text are found in one pass; what each finds is what it finds alone
    [InlineData("""{"a":{"b":1,"c":[5,{"d":6}]},"e":"x"}""")]
    [InlineData("""{"a":{"b":1},"e":"y","a":7}""")]
    [InlineData("""{"a":{"b":1},"e":"y","a":{"c":[0,1]}}""")]
    [InlineData("""{"a":{"b":"中\u00e9"},"\u0061":{"b":"\\"}}""")]
    [InlineData("""[{"a":3},[4]]""")]
    [InlineData("""{"a":{"b":1},"e":}""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData(null)]
    public void Paths_that_share_a_pass_find_what_they_find_alone(string? json)
    {
        string[] paths = ["$", "$.a", "$.a.b", "$['a'].c", "$.a.c[1]", "$.a.c[1].d", "$.e", "$[0]", "$[0].a", "$[1][0]", "$.none"];
        BoxedRow[] rows = [new BoxedRow("""{"e":9}""", "k"), new BoxedRow(json, null), new BoxedRow("""{"a":{"b":8}}""", "k")];
        var together = Query.Run(Documents, $"select {string.Join(", ", paths.Select((path, i) => $"get_json_object(j, '{path.Replace("'", "''", StringComparison.Ordinal)}') as x{i}"))} from t", rows);
        for (var i = 0; i < paths.Length; i++)
        {
            var alone = Query.Run(Documents, $"select get_json_object(j, '{paths[i].Replace("'", "''", StringComparison.Ordinal)}') as x from t", rows);
            together.Select(row => row[i]).ShouldBe(alone.Select(row => row[0]), paths[i]);
        }
    }

    [Fact]
    public void A_pass_of_the_filter_serves_the_select_list_also_when_few_rows_are_left()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new BoxedRow($$"""{"n":{{i}},"m":"v{{i}}"}""", null)).ToArray();
        Query.Run(Documents, "select get_json_object(j, '$.m') as x, get_json_object(j, '$.n') as y from t where get_json_object(j, '$.n') in ('7', '70')", rows)
            .ShouldBe([new BoxedRow("v7", "7"), new BoxedRow("v70", "70")]);
        Query.Run(Documents, "select get_json_object(j, '$.m') as x from t where get_json_object(j, '$.n') <> '7'", rows).Count.ShouldBe(99);
    }

    [Fact] // each branch reads the rows that it is asked for, though the paths are of one column
    public void Paths_of_different_branches_do_not_share_a_pass() =>
        Query.Run(Documents, "select case when p = 'k' then get_json_object(j, '$.a') else get_json_object(j, '$.b') end as x, get_json_object(j, '$.b') as y from t",
            new BoxedRow("""{"a":1,"b":2}""", "k"), new BoxedRow("""{"a":1,"b":2}""", "l")).ShouldBe([new BoxedRow("1", "2"), new BoxedRow("2", "2")]);

    [Fact]
    public void Paths_of_different_columns_do_not_share_a_pass() =>
        Query.Run(Documents, "select get_json_object(j, '$.a') as x, get_json_object(p, '$.a') as y from t", new BoxedRow("""{"a":1}""", """{"a":2}"""), new BoxedRow(null, """{"a":3}"""))
            .ShouldBe([new BoxedRow("1", "2"), new BoxedRow(null, "3")]);

    /// <summary>A path that cannot be read fails its row, and only if the row counts.</summary>
    [Fact]
    public void Paths_of_rows_that_do_not_count_are_not_read() =>
        Query.Run(Documents, "select get_json_object(j, p) as x from t where p like '$%'", new BoxedRow("""{"a":1}""", "a"), new BoxedRow("""{"a":1}""", "$.a"), new BoxedRow("""{"a":1}""", "a")).ShouldBe([new BoxedRow("1")]);

    /// <summary>Made-up documents, whole and broken, against a reader that others wrote.</summary>
    [Fact]
    public void Documents_are_read_as_another_reader_reads_them()
    {
        var seed = Environment.TickCount;
        var dice = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var json = Value(dice, 4);
            if (dice.Next(3) == 0) json = Broken(dice, json);
            var expected = Expected(json);
            var actual = Query.Run(Documents, "select get_json_object(j, '$.a.b') as x, get_json_object(j, '$[0]') as y from t", new BoxedRow(json, null)).Single();
            actual.ShouldBe(expected, $"seed {seed}, round {round}: {json}");
        }
    }

    private static BoxedRow Expected(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            JsonElement? member = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("a", out var a) && a.ValueKind == JsonValueKind.Object && a.TryGetProperty("b", out var b) ? b : null;
            JsonElement? element = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : null;
            return new BoxedRow(Text(member), Text(element));
        }
        catch (JsonException)
        {
            return new BoxedRow(null, null);
        }
    }

    private static string? Text(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } => value.Value.GetString(),
        _ => value.Value.GetRawText().Replace(" ", "", StringComparison.Ordinal),
    };

    private static string Value(Random dice, int depth) => dice.Next(depth > 0 ? 9 : 6) switch
    {
        0 => "null",
        1 => dice.Next(2) == 0 ? "true" : "false",
        2 => dice.Next(-1000, 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => "1.5e-3",
        4 => "\"x\\n\\u00e9\"",
        5 => "\"中\"",
        6 => $"[ {string.Join(" , ", Enumerable.Range(0, dice.Next(4)).Select(_ => Value(dice, depth - 1)))}]",
        _ => $"{{{string.Join(", ", Enumerable.Range(0, dice.Next(4)).Select(_ => $"\"{"abc"[dice.Next(3)]}\" :{Value(dice, depth - 1)}"))} }}",
    };

    private static string Broken(Random dice, string json)
    {
        var at = dice.Next(json.Length);
        return dice.Next(2) == 0 ? json.Remove(at, 1) : json.Insert(at, "}],:\"0"[dice.Next(6)].ToString());
    }
}
