namespace Chunnel.Core.Tests.Schema;

[Trait("spec", "config.md 12")]
public sealed class SchemaReaderTests
{
    private static TableSchema Read(string json, string? output = null) => SchemaReader.Read(Settings($$"""{"schema": {{json}} }"""), output);

    private static SettingsObject Settings(string json)
    {
        var (value, problems) = JsonParser.Parse(new SourceText("t.json", json));
        problems.ShouldBeEmpty();
        return (SettingsObject)value;
    }

    [Theory]
    [InlineData("INT", "int")]
    [InlineData("long", "bigint")]
    [InlineData(" Decimal( 10 , 2 ) ", "decimal(10, 2)")]
    [InlineData("map<string,array<map<int, date>>>", "map<string, array<map<int, date>>>")]
    [InlineData("{ a = int, b = \\\"array<string>\\\" }", "row<a int, b array<string>>")]
    [InlineData("row<a int, b row<c string>>", "row<a int, b row<c string>>")]
    [InlineData("timestamp_tz", "timestamp_tz")]
    public void Types_read_whatever_their_case_and_blanks(string written, string meant) =>
        Read($$"""{"fields": { "a": "{{written}}" } }""").Columns[0].Type.ToString().ShouldBe(meant);

    [Theory]
    [InlineData("varchar2", "ErrorCode:[COMMON-07], ErrorDescription:['SeaTunnel' unsupported data type 'varchar2' of 'a']")]
    [InlineData("decimal(10)", "Decimal type should assign precision and scale information")]
    [InlineData("array<int", "COMMON-07")]
    [InlineData("decimal(39, 2)", "Decimal type should assign")]
    public void A_type_that_is_none_is_refused_with_the_field(string written, string text) =>
        Should.Throw<ChunnelException>(() => Read($$"""{"fields": { "a": "{{written}}" } }""")).Message.ShouldContain(text);

    [Fact]
    [Trait("spec", "connectors.md 7, 8")]
    public void Columns_keep_what_catalogs_want_to_know()
    {
        var table = Read("""
            {"table": "db.public.users", "comment": "people", "columns": [
                {"name": "id", "type": "bigint", "nullable": false, "comment": "the id"},
                {"name": "name", "type": "string", "columnLength": 20, "defaultValue": "dv"},
                {"name": "v", "type": "float_vector", "columnScale": 3}],
             "primaryKey": {"name": "pk", "columnNames": ["id"]},
             "constraintKeys": [{"constraintName": "uk", "constraintType": "unique_key", "constraintColumns": [{"columnName": "name", "sortType": "DESC"}]}]}
            """);
        table.Path.ShouldBe(new TablePath("db", "public", "users"));
        table.Columns[0].Nullable.ShouldBeFalse();
        table.Columns[1].Length.ShouldBe(20);
        table.Columns[1].Default.ShouldBe("dv");
        ((VectorType)table.Columns[2].Type).Dimension.ShouldBe(3);
        table.PrimaryKey!.Columns.ShouldBe(["id"]);
        table.ConstraintKeys[0].Kind.ShouldBe(ConstraintKind.UniqueKey);
        table.ConstraintKeys[0].Columns[0].ShouldBe(new ConstraintColumn("name", Descending: true));
    }

    [Theory]
    [InlineData("""{"fields": {"a": "int"}, "columns": []}""", "can't contains both [fields] and [columns]")]
    [InlineData("""{"columns": [{"type": "int"}]}""", "schema.columns.* config need option [name]")]
    [InlineData("""{"columns": [{"name": "a"}]}""", "schema.columns.* config need option [type]")]
    [InlineData("""{"fields": {"a": "int"}, "primaryKey": {"name": "pk"}}""", "Schema config need option [primaryKey.columnNames]")]
    [InlineData("""{"fields": {"a": "int"}, "constraintKeys": [{"constraintName": "k", "constraintType": "NOPE", "constraintColumns": [{"columnName": "a"}]}]}""", "'NOPE' is no constraintType.")]
    [InlineData("""{"fields": {"a": "int"}, "primaryKey": {"columnNames": ["a"]}}""", "Schema config need option [primaryKey.name]")]
    [InlineData("""{"fields": {"a": "int"}, "primaryKey": {"name": "pk", "columnNames": ["b"]}}""", "names the column 'b'")]
    [InlineData("{}", "Schema config can not be empty")]
    public void What_is_wrong_is_said_in_known_words(string schema, string text) =>
        Should.Throw<ChunnelException>(() => Read(schema)).Message.ShouldContain(text);

    [Theory]
    [InlineData("""{"constraintName": "k", "constraintColumns": [{"columnName": "a"}]}""", ConstraintKind.IndexKey)]
    [InlineData("""{"constraintName": "k", "constraintType": "key", "constraintColumns": [{"columnName": "a"}]}""", ConstraintKind.IndexKey)]
    [InlineData("""{"constraintName": "k", "constraintType": "Foreign_Key", "constraintColumns": [{"columnName": "a"}]}""", ConstraintKind.ForeignKey)]
    [InlineData("""{"constraintName": "k", "constraintType": "VECTOR_INDEX_KEY", "constraintColumns": [{"columnName": "a"}]}""", ConstraintKind.VectorIndexKey)]
    public void A_key_is_an_index_unless_it_says_otherwise(string constraint, ConstraintKind kind)
    {
        var key = Read($$"""{"fields": {"a": "int"}, "primaryKey": {"name": "pk", "columns": ["a"]}, "constraintKeys": [{{constraint}}]}""").ConstraintKeys.ShouldHaveSingleItem();
        key.Kind.ShouldBe(kind);
        key.Columns.ShouldBe([new ConstraintColumn("a", Descending: false)]);
    }

    [Fact]
    public void Without_a_schema_it_is_asked_for() =>
        Should.Throw<ChunnelException>(() => SchemaReader.Read(Settings("{}"), null)).Message.ShouldContain("Schema config need option [schema], please correct your config first");

    [Theory]
    [InlineData(null, "default.default.default")]
    [InlineData("fake", "fake")]
    [InlineData("db.t", "db.t")]
    public void A_table_without_a_name_is_called_as_its_output(string? output, string path) =>
        Read("""{"fields": {"a": "int"}}""", output).TableId.ShouldBe(path);

    [Fact]
    public void Types_print_as_SeaTunnel_prints_them() =>
        Read("""{"fields": {"d": "decimal(20,4)", "m": "map<string,int>", "r": {"a": "int", "b": "array<bigint>"}}}""").ToSeaTunnelText()
            .ShouldBe("d<Decimal(20, 4)>, m<Map<STRING, INT>>, r<ROW<a INT,b ARRAY<BIGINT>>>");
}
