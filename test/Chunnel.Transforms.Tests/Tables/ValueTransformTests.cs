using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.FieldEncrypt;
using Chunnel.Transforms.JsonPath;
using Chunnel.Transforms.Metadata;
using Chunnel.Transforms.RegexExtract;
using Chunnel.Transforms.Replace;
using Chunnel.Transforms.RowKindExtractor;
using Chunnel.Transforms.Split;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>Transforms that make columns of values (transforms.md 37 to 63, 80, 81, 82, 92, 93).</summary>
public sealed class ValueTransformTests
{
    private static readonly TableSchema Texts = new(TablePath.Parse("db.texts"), [new ColumnDef("id", DataType.Int), new ColumnDef("t", DataType.String)]);

    [Theory]
    [InlineData(".", "-", "", "a.b.c", "a-b-c")] // 37
    [InlineData("é", "", "", "éaé", "a")]
    [InlineData("(\\\\w)\\\\.", "$1\\\\$", ", \"is_regex\": true", "a.b.c", "a$b$c")] // 38
    [InlineData("[a-c]", "x", ", \"is_regex\": true, \"replace_first\": true", "abc", "xbc")] // 39
    [InlineData("(?<=a)b", "<$0>", ", \"is_regex\": true", "abab", "a<b>a<b>")]
    public async Task Replace_replaces(string pattern, string replacement, string more, string text, string result)
    {
        var (_, rows) = await Transforming.ApplyAsync(new ReplacePlugin(), $$"""{ "replace_field": "t", "pattern": "{{pattern}}", "replacement": "{{replacement}}"{{more}} }""",
            Texts, new BoxedRow(1, text), new BoxedRow(2, null), new BoxedRow(3, "none"));
        rows.ShouldBe([new BoxedRow(1, result), new BoxedRow(2, null), new BoxedRow(3, "none")]); // 40
    }

    [Fact]
    public async Task Replace_keeps_the_type_of_what_is_no_string()
    {
        var table = new TableSchema(TablePath.Parse("db.t"), [new ColumnDef("id", DataType.Int), new ColumnDef("d", DataType.Double)]);
        var (output, rows) = await Transforming.ApplyAsync(new ReplacePlugin(), """{ "replace_fields": ["id", "d"], "pattern": "0", "replacement": "9" }""", table,
            new BoxedRow(20, 1.0), new BoxedRow(null, null), new BoxedRow(7, -0.25));
        output.Columns.ShouldBe(table.Columns);
        rows.ShouldBe([new BoxedRow(29, 1.9), new BoxedRow(null, null), new BoxedRow(7, -9.25)]);
        const string letters = """{ "replace_field": "id", "pattern": "[2]", "replacement": "x", "is_regex": true, "row_error_handle_way": "{0}" }""";
        (await Should.ThrowAsync<ChunnelException>(() => Transforming.ApplyAsync(new ReplacePlugin(), letters.Replace("{0}", "FAIL"), table, new BoxedRow(7, 1.0), new BoxedRow(20, 1.0))))
            .Message.ShouldContain("what stands there after replacing is no int: id in 'Replace', table 'db.t', row 2");
        (_, rows) = await Transforming.ApplyAsync(new ReplacePlugin(), letters.Replace("{0}", "SKIP"), table, new BoxedRow(20, 1.0), new BoxedRow(7, 1.0));
        rows.ShouldBe([new BoxedRow(7, 1.0)]);
    }

    [Fact]
    public async Task Replace_refuses_what_cannot_be()
    {
        Transforming.Wrong(new ReplacePlugin(), """{ "replace_field": "t", "pattern": "(", "replacement": "", "is_regex": true }""").ShouldHaveSingleItem().ShouldStartWith("The value of 'pattern' is no regular expression");
        Transforming.Wrong(new ReplacePlugin(), """{ "replace_field": "t", "pattern": "a", "replacement": "$1", "is_regex": true }""").ShouldHaveSingleItem().ShouldBe("The value of 'replacement' is no replacement: the pattern has no group 1");
        var bytes = new TableSchema(TablePath.Parse("db.t"), [new ColumnDef("b", DataType.Bytes), new ColumnDef("t", DataType.String)]);
        (await Transforming.RefusedAsync(new ReplacePlugin(), """{ "replace_fields": ["t", "b"], "pattern": "a", "replacement": "" }""", bytes)).Code.Id.ShouldBe("COMMON-07");
        (await Transforming.RefusedAsync(new ReplacePlugin(), """{ "replace_field": "x", "pattern": "a", "replacement": "" }""", Texts)).Code.Id.ShouldBe("TRANSFORM_COMMON-01");
    }

    [Theory]
    [InlineData("\\\\|", "1|2|3|4", "1", "2", "3|4")] // 41, 42
    [InlineData(", ?", "1, 2", "1", "2", null)] // 43
    [InlineData("", "abc", "a", "b", "c")]
    [InlineData("x", null, null, null, null)] // 44
    public async Task Split_cuts(string separator, string? text, string? a, string? b, string? c)
    {
        var (table, rows) = await Transforming.ApplyAsync(new SplitPlugin(), $$"""{ "separator": "{{separator}}", "split_field": "t", "output_fields": ["a", "t", "c"] }""", Texts, new BoxedRow(1, text));
        table.Columns.Select(column => column.Name).ShouldBe(["id", "t", "a", "c"]); // 46
        table.Columns[2].ShouldBe(new ColumnDef("a", DataType.String) { Length = 200 }); // 45
        rows.ShouldBe([new BoxedRow(1, b, a, c)]);
    }

    [Fact]
    public async Task Split_of_a_missing_column_is_refused() =>
        (await Transforming.RefusedAsync(new SplitPlugin(), """{ "separator": ",", "split_field": "x", "output_fields": ["a"] }""", Texts)).Code.Id.ShouldBe("TRANSFORM_COMMON-01");

    [Theory]
    [InlineData("{}", "row_kind", "+I,-U,+U,-D")] // 47, 51
    [InlineData("""{ "custom_field_name": "k", "transform_type": "FULL" }""", "k", "INSERT,UPDATE_BEFORE,UPDATE_AFTER,DELETE")] // 48
    public async Task RowKindExtractor_writes_kinds(string settings, string name, string kinds)
    {
        var (table, rows) = await Transforming.ApplyAsync(new RowKindExtractorPlugin(), settings, Texts, [.. Enum.GetValues<RowKind>().Select(kind => new BoxedRow(kind, [1, "a"]))]);
        table.Columns[^1].ShouldBe(new ColumnDef(name, DataType.String) { Nullable = false, Length = 13, Default = "+I" });
        rows.ShouldBe(kinds.Split(',').Select(kind => new BoxedRow(1, "a", kind))); // 49
    }

    [Fact] // 50
    public async Task RowKindExtractor_refuses_a_name_that_exists() =>
        (await Transforming.RefusedAsync(new RowKindExtractorPlugin(), """{ "custom_field_name": "t" }""", Texts)).What.ShouldBe("field name t already exists");

    [Fact] // 93
    public async Task RegexExtract_takes_groups_or_defaults()
    {
        var (_, rows) = await Transforming.ApplyAsync(new RegexExtractPlugin(),
            """{ "source_field": "t", "regex_pattern": "(\\d+)-(\\w+)?", "output_fields": ["n", "w"], "default_values": ["0", "?"] }""",
            Texts, new BoxedRow(1, "x 12-ab"), new BoxedRow(2, "none"), new BoxedRow(3, null), new BoxedRow(4, "7-"));
        rows.ShouldBe([new BoxedRow(1, "x 12-ab", "12", "ab"), new BoxedRow(2, "none", "0", "?"), new BoxedRow(3, null, "0", "?"), new BoxedRow(4, "7-", "7", "?")]);
        Transforming.Wrong(new RegexExtractPlugin(), """{ "source_field": "t", "regex_pattern": "(a)", "output_fields": ["n", "w"] }""").ShouldBe(["The pattern has 1 groups for 2 output columns."]);
    }

    [Fact] // 92
    public async Task FieldEncrypt_is_undone_by_decrypt()
    {
        const string key = "base64:AAECAwQFBgcICQoLDA0ODw==";
        BoxedRow[] plain = [new(1, "Grüße"), new(2, null), new(3, "")];
        var (_, hidden) = await Transforming.ApplyAsync(new FieldEncryptPlugin(), $$"""{ "fields": ["t"], "key": "{{key}}" }""", Texts, plain);
        hidden[0].ShouldNotBe(plain[0]);
        var back = $$"""{ "fields": ["t"], "key": "{{key}}", "mode": "DECRYPT", "row_error_handle_way": "SKIP" }""";
        (await Transforming.ApplyAsync(new FieldEncryptPlugin(), back, Texts, [.. hidden, new BoxedRow(4, "no cipher")])).Rows.ShouldBe(plain);
        Transforming.Wrong(new FieldEncryptPlugin(), """{ "fields": ["t"], "key": "c2hvcnQ=" }""").ShouldHaveSingleItem().ShouldNotContain("c2hvcnQ=");
    }

    [Fact] // 80, 82
    public async Task Metadata_writes_what_is_known()
    {
        var (table, rows) = await Transforming.ApplyAsync(new MetadataPlugin(), """{ "metadata_fields": { "Database": "d", "Table": "n", "RowKind": "k", "EventTime": "e" } }""", Texts, new BoxedRow(RowKind.Delete, [1, "a"]));
        table.Columns.Skip(2).Select(column => column.Type).ShouldBe([DataType.String, DataType.String, DataType.String, DataType.BigInt]);
        rows.ShouldBe([new BoxedRow(RowKind.Delete, [1, "a", "db", "texts", "-D", null])]);
        Transforming.Wrong(new MetadataPlugin(), """{ "metadata_fields": { "database": "d" } }""").ShouldHaveSingleItem().ShouldStartWith("'metadata_fields' has no key database."); // 81
        (await Transforming.RefusedAsync(new MetadataPlugin(), """{ "metadata_fields": { "Table": "t" } }""", Texts)).What.ShouldBe("field name t already exists");
    }

    [Theory]
    [InlineData("$.a.b", "int", """{"a": {"b": "3"}}""", 3)] // 52
    [InlineData("$.a", "string", """{"a": { "b" : [1, "x y"] }}""", """{"b":[1,"x y"]}""")] // 56
    [InlineData("$.a", "array<int>", """{"a": [1, 2]}""", "[1,2]")] // 61
    [InlineData("$.a", "string", null, null)] // 60
    [InlineData("$['a,b']", "string", """{"a,b": "x\n"}""", "x\n")]
    public async Task JsonPath_takes_what_stands_at_a_path(string path, string type, string? json, object? value)
    {
        var (table, rows) = await Transforming.ApplyAsync(new JsonPathPlugin(), $$"""{ "columns": [ { "src_field": "t", "path": "{{path}}", "dest_field": "v", "dest_type": "{{type}}" } ] }""", Texts, new BoxedRow(1, json));
        table.Columns[^1].Length.ShouldBe(200);
        rows.ShouldBe([new BoxedRow(1, json, type == "array<int>" ? new BoxedList(1, 2) : value)]);
    }

    [Theory]
    [InlineData("", "SKIP", "1")]
    [InlineData("SKIP", "FAIL", "1,2,3")] // 58
    [InlineData("SKIP_ROW", "FAIL", "1")] // 59
    public async Task JsonPath_does_with_errors_as_told(string column, string row, string left)
    {
        var way = column.Length == 0 ? "" : $$""", "column_error_handle_way": "{{column}}" """;
        var settings = $$"""{ "columns": [ { "src_field": "t", "path": "$.a", "dest_field": "v", "dest_type": "int"{{way}} } ], "row_error_handle_way": "{{row}}" }""";
        var (_, rows) = await Transforming.ApplyAsync(new JsonPathPlugin(), settings, Texts, new BoxedRow(1, """{"a":1}"""), new BoxedRow(2, "{}"), new BoxedRow(3, """{"a":"x"}"""));
        string.Join(',', rows.Select(one => one[0])).ShouldBe(left);
        foreach (var one in rows.Skip(1)) one[2].ShouldBeNull();
    }

    [Theory] // 57
    [InlineData("{}", "JSONPATH_ERROR_CODE-05")]
    [InlineData("no", "JSONPATH_ERROR_CODE-05")]
    [InlineData("""{"a":"x"}""", "JSONPATH_ERROR_CODE-07")]
    public async Task JsonPath_fails_by_default(string json, string code)
    {
        const string settings = """{ "columns": [ { "src_field": "t", "path": "$.a", "dest_field": "v", "dest_type": "int" } ] }""";
        (await Should.ThrowAsync<ChunnelException>(() => Transforming.ApplyAsync(new JsonPathPlugin(), settings, Texts, new BoxedRow(1, json)))).Code.Id.ShouldBe(code);
    }

    [Fact] // 62, 63
    public async Task JsonPath_refuses_what_is_wrong_at_once()
    {
        new JsonPathPlugin().Check(TestSettings.Of("""{ "columns": [] }""")).ShouldHaveSingleItem().Code.Id.ShouldBe("JSONPATH_ERROR_CODE-01");
        new JsonPathPlugin().Check(TestSettings.Of("""{ "columns": [ { "path": "", "dest_field": "" }, { "src_field": "t", "path": "a.b", "dest_field": "v", "dest_type": "nope" } ] }""")).Select(problem => problem.Code.Id)
            .ShouldBe(["JSONPATH_ERROR_CODE-02", "JSONPATH_ERROR_CODE-03", "JSONPATH_ERROR_CODE-04", "JSONPATH_ERROR_CODE-06", "JSONPATH_ERROR_CODE-05"]);
        Transforming.Wrong(new JsonPathPlugin(), """{ "columns": [ { "src_field": "t", "path": ["$.a", "$.b"], "dest_field": ["a"] } ] }""").ShouldBe(["'path' has 2 values, 'dest_field' 1."]);
        (await Transforming.RefusedAsync(new JsonPathPlugin(), """{ "columns": [ { "src_field": "x", "path": "$.a", "dest_field": "a" } ] }""", Texts)).What
            .ShouldBe("The column 'x' of 'JsonPath' is not in table db.texts, which has the columns id, t.");
    }

    [Fact] // 53, 54, 55
    public async Task JsonPath_reads_rows_maps_and_bytes()
    {
        var table = new TableSchema(TablePath.Parse("n"),
        [
            new ColumnDef("r", DataType.Row(new RowField("x", DataType.Int), new RowField("y", DataType.String))),
            new ColumnDef("l", DataType.Array(DataType.Int)), new ColumnDef("b", DataType.Bytes),
            new ColumnDef("m", DataType.Map(DataType.String, DataType.Int)),
        ]);
        var (_, rows) = await Transforming.ApplyAsync(new JsonPathPlugin(), """
            { "columns": [ { "src_field": "r", "path": ["$[1]", "$[0]"], "dest_field": ["y", "x"], "dest_type": ["string", "int"] },
                           { "src_field": "l", "path": "$[1]", "dest_field": "i", "dest_type": "int" }, { "src_field": "b", "path": "$.k", "dest_field": "k" },
                           { "src_field": "m", "path": "$.k", "dest_field": "n", "dest_type": "int" } ] }
            """, table, new BoxedRow(new BoxedList(7, "é"), new BoxedList(4, 5), new BoxedBytes("""{"k":"v"}"""u8.ToArray()), new BoxedMap([new("k", 9)])));
        string.Join(',', rows.Single().Values.Skip(4)).ShouldBe("é,7,5,v,9");
    }
}

public sealed class ReplaceKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new ReplacePlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "replace_field": "c8", "pattern": "a+", "replacement": "b", "is_regex": true }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class SplitKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new SplitPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "separator": "[aeiou]", "split_field": "c3", "output_fields": ["x", "c3", "c8"] }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class RowKindExtractorKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new RowKindExtractorPlugin();

    protected override SettingsObject Settings => TestSettings.Of("{}");

    protected override TableSchema Table { get; } = RandomRows.EveryType();

    protected override bool KeepsKinds => false;
}

public sealed class RegexExtractKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new RegexExtractPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "source_field": "c8", "regex_pattern": "(a)(b)?", "output_fields": ["x", "y"] }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class MetadataKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new MetadataPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "metadata_fields": { "Database": "d", "RowKind": "k", "Delay": "e" } }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class JsonPathKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new JsonPathPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "columns": [ { "src_field": "c8", "path": "$.a", "dest_field": "x", "dest_type": "array<int>", "column_error_handle_way": "SKIP" } ] }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

/// <summary>Decrypting, for encrypting gives other bytes each time.</summary>
public sealed class FieldEncryptKeepsTheContract : TransformContract
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODw==";

    protected override TransformPlugin Plugin => new FieldEncryptPlugin();

    protected override SettingsObject Settings => TestSettings.Of($$"""{ "fields": ["t"], "key": "{{Key}}", "mode": "DECRYPT", "row_error_handle_way": "SKIP" }""");

    protected override TableSchema Table { get; } = new(TablePath.Parse("db.texts"), [new ColumnDef("id", DataType.Int), new ColumnDef("t", DataType.String)]);

    /// <summary>Rows as encrypting leaves them, between some that cannot be decrypted.</summary>
    protected override IReadOnlyList<BoxedRow> Rows(int count, bool kinds)
    {
        var rows = base.Rows(count, kinds);
        var encrypted = Transforming.ApplyAsync(new FieldEncryptPlugin(), $$"""{ "fields": ["t"], "key": "{{Key}}" }""", Table, [.. rows]).GetAwaiter().GetResult().Rows;
        return [.. encrypted.Select((row, i) => i % 5 == 0 ? rows[i] : row)];
    }
}
