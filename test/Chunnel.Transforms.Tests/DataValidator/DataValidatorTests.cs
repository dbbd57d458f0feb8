using System.Text.Json;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.DataValidator;
using Chunnel.Transforms.Tests.Tables;

namespace Chunnel.Transforms.Tests.DataValidator;

/// <summary>Rows that keep rules and rows that break them (transforms.md 9, 10, 11, 14, 90, 91).</summary>
public sealed class DataValidatorTests
{
    private static readonly TableSchema People = new(TablePath.Parse("db.people"), [new ColumnDef("name", DataType.String), new ColumnDef("age", DataType.Int), new ColumnDef("email", DataType.String)]);

    private const string Rules = """
        "field_rules": [
          { "field_name": "name", "rules": [ { "rule_type": "NOT_NULL" }, { "rule_type": "LENGTH", "min_length": 2, "custom_message": "too short" } ] },
          { "field_name": "age", "rule_type": "RANGE", "min_value": 0, "max_value": 150 },
          { "field_name": "email", "rule_type": "REGEX", "pattern": "[a-z]+@[a-z.]+" }
        ]
        """;

    private static readonly BoxedRow[] Rows =
    [
        new("Joy", 20, "joy@here.org"), new(null, 200, "no"), new(RowKind.Delete, ["X", 3, null]), new("Ann", null, null), new("Bob", 150, "bob@there.org"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact] // 10, 90
    public async Task SKIP_leaves_invalid_rows_out_and_tells_of_each()
    {
        var told = new List<SkippedRow>();
        await using var transform = await Transforming.MakeAsync(new DataValidatorPlugin(), $$"""{ "row_error_handle_way": "SKIP", {{Rules}} }""", People);
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited(), Skipped = told.Add }, Stop);
        (await Transforming.ApplyAsync(transform, People, Rows)).Select(row => row.Row).ShouldBe([Rows[0], Rows[3], Rows[4]]);
        told.Select(row => row.ToString()).ShouldBe(
        [
            new SkippedRow("db.people", "row 2", "DataValidator: validation failed: Field 'name' cannot be null; Field 'age' value 200 is not within range [0, 150]; Field 'email' does not match pattern '[a-z]+@[a-z.]+'").ToString(),
            new SkippedRow("db.people", "row 3", "DataValidator: validation failed: too short").ToString(),
        ]);
    }

    [Fact] // 11
    public async Task By_default_an_invalid_row_ends_the_job_with_all_that_is_wrong_with_it() =>
        (await Should.ThrowAsync<ChunnelException>(() => Transforming.ApplyAsync(new DataValidatorPlugin(), $$"""{ {{Rules}} }""", People, Rows))).What.ShouldBe(
            "Field 'name' cannot be null; Field 'age' value 200 is not within range [0, 150]; Field 'email' does not match pattern '[a-z]+@[a-z.]+': validation failed in 'DataValidator', table 'db.people', row 2.");

    [Fact] // 91
    public async Task ROUTE_TO_TABLE_tells_of_invalid_rows_in_five_columns()
    {
        var (tables, rows) = await Transforming.ApplyAllAsync(new DataValidatorPlugin(),
            $$"""{ "row_error_handle_way": "ROUTE_TO_TABLE", "row_error_handle_way.error_table": "invalid", {{Rules}} }""", (People, Rows));
        tables.Select(table => table.ToString()).ShouldBe(
        [
            "db.people(name string, age int, email string)",
            "db.invalid(source_table_id string, source_table_path string, original_data string, validation_errors string, create_time timestamp)",
        ]);
        rows.Where(row => row.Table == "db.people").Select(row => row.Row).ShouldBe([Rows[0], Rows[3], Rows[4]]);
        var told = rows.Where(row => row.Table == "db.invalid").Select(row => row.Row).ToList();
        told.Select(row => string.Join(" | ", row.Values.Take(4))).ShouldBe(
        [
            """schema.db.people | db.people | {"name":null,"age":200,"email":"no"} | [{"field_name":"name","error_message":"Field 'name' cannot be null"},{"field_name":"age","error_message":"Field 'age' value 200 is not within range [0, 150]"},{"field_name":"email","error_message":"Field 'email' does not match pattern '[a-z]+@[a-z.]+'"}]""",
            """schema.db.people | db.people | {"name":"X","age":3,"email":null} | [{"field_name":"name","error_message":"too short"}]""",
        ]);
        told.ShouldAllBe(row => row.Kind == RowKind.Insert);
        foreach (var row in told) JsonDocument.Parse((string)row[3]!).RootElement.ValueKind.ShouldBe(JsonValueKind.Array);
    }

    [Fact]
    public async Task The_time_is_that_of_the_clock()
    {
        await using var transform = await Transforming.MakeAsync(new DataValidatorPlugin(), $$"""{ "row_error_handle_way": "ROUTE_TO_TABLE", "row_error_handle_way.error_table": "invalid", {{Rules}} }""", People);
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited(), Clock = new Sql.StoppedClock(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero)) }, Stop);
        (await Transforming.ApplyAsync(transform, People, Rows[1])).ShouldHaveSingleItem().Row[4].ShouldNotBeNull().ToString().ShouldStartWith("2026-03-04T05:06:07.089");
    }

    [Fact]
    public async Task Several_tables_tell_of_their_rows_in_one_table_or_each_in_its_own()
    {
        var pets = People.WithPath(TablePath.Parse("db.pets"));
        var others = People.WithPath(TablePath.Parse("other.people"));
        var (tables, rows) = await Transforming.ApplyAllAsync(new DataValidatorPlugin(), $$"""
            { "row_error_handle_way": "ROUTE_TO_TABLE", "row_error_handle_way.error_table": "invalid", {{Rules}},
              "table_transform": [ { "table_path": "other.people", "row_error_handle_way": "ROUTE_TO_TABLE", "row_error_handle_way.error_table": "db.main.wrong", {{Rules}} } ] }
            """, (People, Rows), (pets, Rows), (others, Rows));
        tables.Select(table => table.TableId).ShouldBe(["db.people", "db.invalid", "db.pets", "other.people", "db.main.wrong"]);
        rows.Where(row => row.Table == "db.invalid").Select(row => row.Row[1]).ShouldBe(["db.people", "db.people", "db.pets", "db.pets"]);
        rows.Where(row => row.Table == "db.main.wrong").Select(row => row.Row[1]).ShouldBe(["other.people", "other.people"]);
    }

    [Fact]
    public async Task A_table_of_another_form_cannot_be_the_one_for_errors() =>
        (await Transforming.RefusedAsync(new DataValidatorPlugin(), $$"""{ "row_error_handle_way": "ROUTE_TO_TABLE", "row_error_handle_way.error_table": "people", {{Rules}} }""", People)).What
            .ShouldStartWith("Table db.people comes out as db.people, which has other columns: ");

    [Fact]
    public async Task A_changed_table_goes_on_beside_the_same_table_of_errors()
    {
        await using var transform = await Transforming.MakeAsync(new DataValidatorPlugin(), $$"""{ "row_error_handle_way": "ROUTE_TO_TABLE", "row_error_handle_way.error_table": "invalid", {{Rules}} }""", People);
        var before = transform.Tables.Single(table => table.TableId == "db.invalid");
        var wider = People.WithColumns([.. People.Columns, new ColumnDef("city", DataType.String)]);
        transform.Map(new AddColumn(People.Path, wider.Columns[3], new ColumnPlace()) { After = wider }).ShouldBeOfType<AddColumn>().Column.Name.ShouldBe("city");
        var (errorTable, row) = (await Transforming.ApplyAsync(transform, wider, new BoxedRow(null, 1, null, "Rome"))).ShouldHaveSingleItem();
        errorTable.ShouldBeSameAs(before);
        row[2].ShouldBe("""{"name":null,"age":1,"email":null,"city":"Rome"}""");
    }

    [Fact] // 9
    public async Task All_columns_that_are_missing_are_told() =>
        (await Should.ThrowAsync<ProblemsException>(() => Transforming.MakeAsync(new DataValidatorPlugin(),
            """{ "field_rules": [ { "field_name": "nmae", "rule_type": "NOT_NULL" }, { "field_name": "x", "rule_type": "NOT_NULL" } ] }""", People))).Problems.Select(problem => problem.Code.Id)
            .ShouldBe(["TRANSFORM_COMMON-01", "TRANSFORM_COMMON-01"]);

    [Fact] // 14
    public void Rules_and_a_table_to_route_to_are_required()
    {
        Transforming.Wrong(new DataValidatorPlugin(), "{}").ShouldBe(["There are unconfigured options, the options('field_rules') are required."]);
        Transforming.Wrong(new DataValidatorPlugin(), $$"""{ "row_error_handle_way": "ROUTE_TO_TABLE", {{Rules}} }""").ShouldBe(
            ["There are unconfigured options, the options('row_error_handle_way.error_table') are required because ['row_error_handle_way' == ROUTE_TO_TABLE] is true."]);
    }
}
