using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Copy;
using Chunnel.Transforms.DataValidator;
using Chunnel.Transforms.Filter;
using Chunnel.Transforms.Replace;
using Chunnel.Transforms.TableFilter;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>Which settings count for which table (transforms.md 5, 94, 95; spec transforms.md 2).</summary>
public sealed class TableMatchingTests
{
    private static readonly TableSchema People = new(TablePath.Parse("test.xyz"), [new ColumnDef("id", DataType.Int), new ColumnDef("name", DataType.String)]);

    private const string Twice = """
        "table_transform": [
          { "table_path": "test.xyz", "src_field": "name", "dest_field": "name2" },
          { "table_path": "test.xyz", "src_field": "name2", "dest_field": "name3" } ]
        """;

    public static TheoryData<string> Transforms => [.. TransformPlugins.Plugins.Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    [Theory] // 94, 95
    [MemberData(nameof(Transforms))]
    public void Every_transform_knows_the_options_for_many_tables(string name)
    {
        var plugin = TransformPlugins.Plugins.Single(entry => entry.Name == name).Make();
        plugin.Options.Options.Select(option => option.Key).Intersect(["table_match_regex", "table_transform", "rule_match_mode"]).Count().ShouldBe(3);
    }

    [Fact]
    public async Task ALL_MATCH_works_on_what_the_element_before_gives()
    {
        var (table, rows) = await Transforming.ApplyAsync(new CopyPlugin(), $$"""{ "rule_match_mode": "ALL_MATCH", {{Twice}} }""", People, new BoxedRow(1, "a"));
        table.Columns.Select(column => column.Name).ShouldBe(["id", "name", "name2", "name3"]);
        rows.ShouldBe([new BoxedRow(1, "a", "a", "a")]);
    }

    [Fact]
    public async Task FIRST_MATCH_takes_the_first_element() =>
        (await Transforming.ApplyAsync(new CopyPlugin(), $$"""{ "rule_match_mode": "FIRST_MATCH", {{Twice}} }""", People)).Table.Columns.Select(column => column.Name).ShouldBe(["id", "name", "name2"]);

    [Fact]
    public void Unset_two_elements_for_one_table_are_a_mistake() =>
        Transforming.Wrong(new CopyPlugin(), $$"""{ {{Twice}} }""").ShouldBe(["The table 'test.xyz' has more than one element in 'table_transform'."]);

    [Fact]
    public async Task ALL_MATCH_leaves_the_block_and_other_tables_alone()
    {
        var (tables, _) = await Transforming.ApplyAllAsync(new CopyPlugin(), $$"""{ "rule_match_mode": "ALL_MATCH", "src_field": "name", "dest_field": "other", "table_match_regex": "test\\.x.*", {{Twice}} }""",
            (People, []), (People.WithPath(TablePath.Parse("test.xyzz")), []), (People.WithPath(TablePath.Parse("test.abc")), []));
        tables.Select(table => string.Join(',', table.Columns.Select(column => column.Name))).ShouldBe(["id,name,name2,name3", "id,name,other", "id,name"]);
    }

    [Fact]
    public async Task ALL_MATCH_drops_a_table_that_one_element_drops()
    {
        var (tables, rows) = await Transforming.ApplyAllAsync(new TableFilterPlugin(), """
            { "rule_match_mode": "ALL_MATCH", "table_transform": [
              { "table_path": "test.xyz", "table_pattern": "x.*" }, { "table_path": "test.xyz", "table_pattern": "y.*" }, { "table_path": "test.xyz", "table_pattern": "x.*" } ] }
            """, (People, [new BoxedRow(1, "a")]), (People.WithPath(TablePath.Parse("test.abc")), [new BoxedRow(2, "b")]));
        tables.Select(table => table.TableId).ShouldBe(["test.abc"]);
        rows.ShouldHaveSingleItem().Row.ShouldBe(new BoxedRow(2, "b"));
    }

    [Fact]
    public async Task What_an_element_gives_beside_the_table_goes_past_the_next()
    {
        const string element = """{ "table_path": "test.xyz", "row_error_handle_way": "ROUTE_TO_TABLE", "row_error_handle_way.error_table": "wrong", "field_rules": [ { "field_name": "$", "rule_type": "NOT_NULL" } ] }""";
        var settings = $$"""{ "rule_match_mode": "ALL_MATCH", "table_transform": [ {{element.Replace("$", "id", StringComparison.Ordinal)}}, {{element.Replace("$", "name", StringComparison.Ordinal)}} ] }""";
        var (tables, rows) = await Transforming.ApplyAllAsync(new DataValidatorPlugin(), settings, (People, [new BoxedRow(1, "a"), new BoxedRow(null, "b"), new BoxedRow(3, null), new BoxedRow([null, null])]));
        tables.Select(table => table.TableId).ShouldBe(["test.xyz", "test.wrong"]);
        rows.Where(row => row.Table == "test.xyz").ShouldHaveSingleItem().Row.ShouldBe(new BoxedRow(1, "a"));
        rows.Where(row => row.Table == "test.wrong").Select(row => row.Row[2]).ShouldBe(["""{"id":null,"name":"b"}""", """{"id":null,"name":null}""", """{"id":3,"name":null}"""], ignoreOrder: true);
    }

    [Fact]
    public async Task A_mistake_of_a_later_element_is_told_and_the_earlier_one_let_go()
    {
        var wrong = await Transforming.RefusedAsync(new ReplacePlugin(), """
            { "rule_match_mode": "ALL_MATCH", "table_transform": [
              { "table_path": "test.xyz", "replace_field": "name", "pattern": "a", "replacement": "b" }, { "table_path": "test.xyz", "replace_field": "nmae", "pattern": "a", "replacement": "b" } ] }
            """, People);
        wrong.Code.Id.ShouldBe("TRANSFORM_COMMON-01");
    }

    [Fact]
    public async Task A_change_goes_through_both_elements()
    {
        await using var transform = await Transforming.MakeAsync(new CopyPlugin(), $$"""{ "rule_match_mode": "ALL_MATCH", {{Twice}} }""", People);
        var longer = People.Columns[1] with { Length = 90 };
        var change = transform.Map(new ModifyColumn(People.Path, longer, new ColumnPlace()) { After = People.WithColumns([People.Columns[0], longer]) }).ShouldBeOfType<UpdateColumns>();
        change.Changes.Cast<ModifyColumn>().Select(modified => (modified.Column.Name, modified.Column.Length)).ShouldBe([("name", 90L), ("name2", 90L), ("name3", 90L)]);
    }

    [Theory]
    [InlineData("test\\\\.x", "id,name")]
    [InlineData("test\\\\.xyz|other", "id")]
    [InlineData("(?i)TEST\\\\.XYZ", "id")]
    [InlineData("\\\\Qtest.xyz\\\\E", "id")]
    public async Task A_pattern_matches_the_whole_path_as_java_reads_it(string pattern, string columns) =>
        string.Join(',', (await Transforming.ApplyAsync(new FilterPlugin(), $$"""{ "include_fields": ["id"], "table_match_regex": "{{pattern}}" }""", People)).Table.Columns.Select(column => column.Name)).ShouldBe(columns);
}
