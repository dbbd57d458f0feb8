using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>What all transforms share (transforms.md 1, 2, 3, 4, 5, 6, 12, 13).</summary>
public sealed class CommonTests
{
    private static readonly TableSchema Orders = new(TablePath.Parse("shop.main.orders"),
        [new ColumnDef("id", DataType.BigInt) { Nullable = false }, new ColumnDef("name", DataType.String), new ColumnDef("doc", DataType.String)])
    {
        PrimaryKey = new PrimaryKey("pk", ["id"]),
    };

    /// <summary>A setting for each transform that lets every row pass; those of names and of kinds are apart.</summary>
    public static TheoryData<string, string> Settings { get; } = new()
    {
        { "Copy", """{ "fields": { "n": "name" } }""" },
        { "FieldMapper", """{ "field_mapper": { "id": "id", "name": "n" } }""" },
        { "Filter", """{ "exclude_fields": ["doc"] }""" },
        { "FilterRowKind", """{ "include_kinds": ["INSERT", "UPDATE_BEFORE", "UPDATE_AFTER", "DELETE"] }""" },
        { "FieldRename", """{ "convert_case": "UPPER" }""" },
        { "Replace", """{ "replace_field": "name", "pattern": "a", "replacement": "b" }""" },
        { "Split", """{ "separator": "-", "split_field": "name", "output_fields": ["a", "b"] }""" },
        { "RegexExtract", """{ "source_field": "name", "regex_pattern": "(.)", "output_fields": ["a"] }""" },
        { "JsonPath", """{ "columns": [ { "src_field": "doc", "path": "$..a", "dest_field": "a" } ] }""" },
        { "FieldEncrypt", """{ "fields": ["name"], "key": "MDEyMzQ1Njc4OWFiY2RlZg==" }""" },
        { "Metadata", """{ "metadata_fields": { "Table": "t" } }""" },
        { "TableFilter", """{ "table_pattern": "orders" }""" },
        { "DataValidator", """{ "field_rules": [ { "field_name": "name", "rule_type": "NOT_NULL" } ] }""" },
        { "DefineSinkType", """{ "columns": [ { "column": "name", "type": "text" } ] }""" },
        { "TextChunk", """{ "text_field": "name" }""" },
        { "Sql", """{ "query": "select id, upper(name) as n from t" }""" },
    };

    [Theory] // 4, 5
    [MemberData(nameof(Settings))]
    public async Task Kinds_and_tables_of_rows_stay(string name, string settings)
    {
        var kinds = Enum.GetValues<RowKind>();
        var (tables, rows) = await Transforming.ApplyAllAsync(PluginOf(name), settings, (Orders, [.. kinds.Select(kind => new BoxedRow(kind, [1L, "abc", "{}"]))]));
        tables.ShouldHaveSingleItem().Path.ShouldBe(Orders.Path);
        rows.Select(row => row.Table).Distinct().ShouldBe(["shop.main.orders"]);
        rows.Select(row => row.Row.Kind).ShouldBe(kinds);
    }

    [Fact] // 1
    public void Each_transform_is_found_by_its_name_in_any_case()
    {
        var registry = new PluginRegistry(TransformPlugins.Plugins);
        foreach (var entry in TransformPlugins.Plugins)
        {
            registry.Find(PluginKind.Transform, entry.Name.ToUpperInvariant()).ShouldNotBeNull(entry.Name);
            registry.Find(PluginKind.Transform, entry.Name.ToLowerInvariant()).ShouldNotBeNull(entry.Name);
        }
    }

    [Theory] // 2, 3
    [InlineData("plugin_input", "plugin_output")]
    [InlineData("source_table_name", "result_table_name")]
    [InlineData("source_table_name", "plugin_output")]
    [InlineData("plugin_input", "result_table_name")]
    public void Older_names_of_inputs_and_outputs_are_the_same(string input, string output)
    {
        var text = $$"""
            env { job.mode = BATCH }
            source { FakeSource { plugin_output = a, schema { fields { id = int } } } }
            transform { Copy { {{input}} = a, {{output}} = b, fields { c = id } } }
            sink { Console { plugin_input = b } }
            """;
        var job = JobLoader.Load(new JobText(text, JobFormats.OfFile("job.conf")) { FileName = "job.conf" });
        job.Transforms[0].Inputs.ShouldBe(["a"]);
        job.Transforms[0].Output.ShouldBe("b");
    }

    [Theory] // 6
    [InlineData("Sql", """{ "query": "select * from t where id > 5" }""")]
    [InlineData("FilterRowKind", """{ "exclude_kinds": ["INSERT"] }""")]
    [InlineData("TextChunk", """{ "text_field": "doc" }""")]
    public async Task A_row_that_is_dropped_is_no_error(string name, string settings) =>
        (await Transforming.ApplyAsync(PluginOf(name), settings, Orders, new BoxedRow(1L, "a", null))).Rows.ShouldBeEmpty();

    [Theory] // 12, 13
    [InlineData("FAIL", "SKIP", "1:1,2:")]
    [InlineData("FAIL", "SKIP_ROW", "1:1")]
    [InlineData("SKIP", "SKIP", "1:1,2:")]
    [InlineData("SKIP", "FAIL", null)]
    public async Task What_is_said_of_a_column_wins_over_what_is_said_of_rows(string row, string column, string? left)
    {
        var settings = $$"""{ "row_error_handle_way": "{{row}}", "columns": [ { "src_field": "doc", "path": "$.a", "dest_field": "a", "column_error_handle_way": "{{column}}" } ] }""";
        var run = () => Transforming.ApplyAsync(PluginOf("JsonPath"), settings, Orders, new BoxedRow(1L, "x", """{"a":1}"""), new BoxedRow(2L, "y", "{}"));
        if (left is null) (await Should.ThrowAsync<ChunnelException>(run)).Code.Id.ShouldBe("JSONPATH_ERROR_CODE-05");
        else string.Join(',', (await run()).Rows.Select(one => $"{one[0]}:{one[3]}")).ShouldBe(left);
    }

    private static TransformPlugin PluginOf(string name) => (TransformPlugin)TransformPlugins.Plugins.Single(entry => entry.Name == name).Make();
}
