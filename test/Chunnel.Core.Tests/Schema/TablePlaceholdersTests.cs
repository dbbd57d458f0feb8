namespace Chunnel.Core.Tests.Schema;

[Trait("spec", "config.md 8.1")]
public sealed class TablePlaceholdersTests
{
    private static readonly TableSchema Full = new(new TablePath("db", "sch", "tab"), [new ColumnDef("id", DataType.Int), new ColumnDef("name", DataType.String)])
    {
        PrimaryKey = new PrimaryKey("pk", ["id", "name"]),
        ConstraintKeys = [new ConstraintKey("uk", ConstraintKind.UniqueKey, [new ConstraintColumn("name")])],
        Comment = "people",
        PartitionKeys = ["name"],
    };

    private static readonly TableSchema Bare = new(new TablePath(null, null, "tab"), [new ColumnDef("id", DataType.Int)]);

    private static string Apply(string json, TableSchema table, params string[] excluded)
    {
        var (value, problems) = JsonParser.Parse(new SourceText("", json));
        problems.ShouldBeEmpty();
        return SettingsJson.Compact(TablePlaceholders.Apply((SettingsObject)value, table, excluded));
    }

    [Theory]
    [InlineData("${database_name}", "db")]
    [InlineData("${schema_name}", "sch")]
    [InlineData("${table_name}", "tab")]
    [InlineData("${schema_full_name}", "db.sch")]
    [InlineData("${table_full_name}", "db.sch.tab")]
    [InlineData("${primary_key}", "id,name")]
    [InlineData("${unique_key}", "name")]
    [InlineData("${field_names}", "id,name")]
    [InlineData("${comment}", "people")]
    [InlineData("${partition_keys}", "name")]
    [InlineData("copy_${table_name}_of_${database_name:x}", "copy_tab_of_db")]
    [InlineData("${other}", "${other}")]
    [Trait("spec", "engine.md 68")]
    public void A_text_option_gets_the_names_of_the_table(string written, string filled) =>
        Apply($$"""{"o":"{{written}}"}""", Full).ShouldBe($$"""{"o":"{{filled}}"}""");

    [Theory]
    [InlineData("${database_name}", "")]
    [InlineData("${database_name:def}", "def")]
    [InlineData("${table_full_name}", "tab")]
    [InlineData("${schema_full_name}", "")]
    [InlineData("${primary_key}", "${primary_key}")]
    [InlineData("${unique_key:none}", "none")]
    public void What_the_table_lacks_becomes_its_default_or_nothing_but_keys_stay(string written, string filled) =>
        Apply($$"""{"o":"{{written}}"}""", Bare).ShouldBe($$"""{"o":"{{filled}}"}""");

    [Fact]
    [Trait("spec", "engine.md 69")]
    public void A_list_of_exactly_one_column_placeholder_becomes_the_columns()
    {
        Apply("""{"f":["${field_names}"],"p":["${primary_key}"],"u":["${unique_key}"]}""", Full).ShouldBe("""{"f":["id","name"],"p":["id","name"],"u":["name"]}""");
        Apply("""{"f":["a","${field_names}"],"t":["${table_name}"],"p":["${primary_key}"]}""", Bare).ShouldBe("""{"f":["a","${field_names}"],"t":["${table_name}"],"p":["${primary_key}"]}""");
    }

    [Fact]
    public void Nested_options_and_excluded_keys_keep_their_text() =>
        Apply("""{"m":{"t":"${table_name}"},"sql":"${table_name}","t":"${table_name}"}""", Full, "sql")
            .ShouldBe("""{"m":{"t":"${table_name}"},"sql":"${table_name}","t":"tab"}""");
}
