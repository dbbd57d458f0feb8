namespace Chunnel.Core.Tests.Schema;

/// <summary>Schema and types, by the numbers of the conformance checklist.</summary>
[Trait("spec", "config.md 12")]
public sealed class SchemaChecklistTests
{
    private static TableSchema Read(string json, string? output = null)
    {
        var (value, problems) = JsonParser.Parse(new SourceText("job.json", $$"""{ "schema": {{json}} }"""));
        problems.ShouldBeEmpty();
        return SchemaReader.Read((SettingsObject)value, output);
    }

    private static DataType Type(string text) => Read($$"""{ "fields": { "f": {{SettingsJson.Quote(text)}} } }""").Columns[0].Type;

    [Theory]
    [InlineData("string", TypeKind.String)]
    [InlineData("boolean", TypeKind.Boolean)]
    [InlineData("tinyint", TypeKind.TinyInt)]
    [InlineData("smallint", TypeKind.SmallInt)]
    [InlineData("int", TypeKind.Int)]
    [InlineData("bigint", TypeKind.BigInt)]
    [InlineData("float", TypeKind.Float)]
    [InlineData("double", TypeKind.Double)]
    [InlineData("bytes", TypeKind.Bytes)]
    [InlineData("date", TypeKind.Date)]
    [InlineData("time", TypeKind.Time)]
    [InlineData("timestamp", TypeKind.Timestamp)]
    [InlineData("timestamp_tz", TypeKind.TimestampTz)]
    [InlineData("decimal(38, 18)", TypeKind.Decimal)]
    [InlineData("null", TypeKind.Null)]
    [InlineData("array<string>", TypeKind.Array)]
    [InlineData("map<string, int>", TypeKind.Map)]
    [InlineData("binary_vector", TypeKind.BinaryVector)]
    [InlineData("float_vector", TypeKind.FloatVector)]
    [InlineData("float16_vector", TypeKind.Float16Vector)]
    [InlineData("bfloat16_vector", TypeKind.BFloat16Vector)]
    [InlineData("sparse_float_vector", TypeKind.SparseFloatVector)]
    [InlineData("byte", TypeKind.TinyInt)]
    [InlineData("short", TypeKind.SmallInt)]
    [InlineData("long", TypeKind.BigInt)]
    [Trait("spec", "engine.md 51, 60")]
    public void Every_type_name_is_read_in_any_case(string name, TypeKind kind)
    {
        Type(name).Kind.ShouldBe(kind);
        Type(name.ToUpperInvariant()).Kind.ShouldBe(kind);
        Type($"  {name} ").Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData("string")]
    [InlineData("boolean")]
    [InlineData("tinyint")]
    [InlineData("smallint")]
    [InlineData("int")]
    [InlineData("bigint")]
    [InlineData("float")]
    [InlineData("double")]
    public void Arrays_hold_every_basic_type(string element) => Type($"array<{element}>").ShouldBe(DataType.Array(Type(element)));

    [Theory]
    [InlineData("decimal")]
    [InlineData("decimal(10)")]
    [Trait("spec", "engine.md 52")]
    public void A_decimal_needs_both_numbers(string type) =>
        Should.Throw<ChunnelException>(() => Type(type)).What.ShouldContain("Decimal type should assign precision and scale information");

    [Fact]
    [Trait("spec", "engine.md 53")]
    public void An_unknown_type_names_type_and_field() =>
        Should.Throw<ChunnelException>(() => Type("varchar")).Code.ToString().ShouldBe("ErrorCode:[COMMON-07], ErrorDescription:['SeaTunnel' unsupported data type 'varchar' of 'f']");

    [Fact]
    [Trait("spec", "engine.md 54")]
    public void The_comma_of_a_decimal_key_does_not_end_it() =>
        Type("map<decimal(10,2),string>").ShouldBe(DataType.Map(DataType.Decimal(10, 2), DataType.String));

    [Fact]
    [Trait("spec", "engine.md 55")]
    public void A_nested_row_is_the_same_as_object_and_as_text()
    {
        var row = DataType.Row(new RowField("a", DataType.Int), new RowField("b", DataType.Array(DataType.String)));
        Read("""{ "fields": { "f": { "a": "int", "b": "array<string>" } } }""").Columns[0].Type.ShouldBe(row);
        Type("{ a = int, b = \"array<string>\" }").ShouldBe(row);
        Type("""{"a": "int", "b": "array<string>"}""").ShouldBe(row);
    }

    [Fact]
    [Trait("spec", "engine.md 56")]
    public void Fields_and_columns_exclude_each_other() =>
        Should.Throw<ChunnelException>(() => Read("""{ "fields": { "a": "int" }, "columns": [ { "name": "a", "type": "int" } ] }""")).What
            .ShouldBe("Schema config can't contains both [fields] and [columns], please correct your config first");

    [Fact]
    [Trait("spec", "engine.md 57")]
    public void Two_parts_are_database_and_table_or_schema_and_table()
    {
        Read("""{ "table": "a.b", "fields": { "x": "int" } }""").Path.ShouldBe(new TablePath("a", null, "b"));
        Read("""{ "table": "a.b", "schema_first": true, "fields": { "x": "int" } }""").Path.ShouldBe(new TablePath(null, "a", "b"));
        Read("""{ "table": "a.b.c", "fields": { "x": "int" } }""").Path.ShouldBe(new TablePath("a", "b", "c"));
    }

    [Fact]
    [Trait("spec", "engine.md 58")]
    public void Four_parts_are_too_many() =>
        Should.Throw<ChunnelException>(() => Read("""{ "table": "a.b.c.d", "fields": { "x": "int" } }""")).What
            .ShouldBe("Cannot get split 'a.b.c.d' to get databaseName and tableName");

    [Fact]
    [Trait("spec", "engine.md 59")]
    public void Without_a_table_the_output_names_it_or_the_default()
    {
        Read("""{ "fields": { "x": "int" } }""", "fake").Path.ToString().ShouldBe("fake");
        Read("""{ "fields": { "x": "int" } }""").Path.ToString().ShouldBe("default.default.default");
    }

    [Fact]
    public void All_wrong_columns_are_named_at_once_each_with_its_place()
    {
        var wrong = Should.Throw<ProblemsException>(() => Read("{ \"fields\": {\n \"a\": \"varchar\",\n \"b\": \"int\",\n \"c\": \"decimal(5)\"\n} }"));
        wrong.ToProblems().Select(problem => problem.Where.ToString()).ShouldBe(["job.json:2:7", "job.json:4:7"]);
        wrong.Where.Line.ShouldBe(2);
    }
}
