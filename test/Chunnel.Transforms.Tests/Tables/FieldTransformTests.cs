using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Copy;
using Chunnel.Transforms.FieldMapper;
using Chunnel.Transforms.Filter;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>Transforms of whole columns (transforms.md 7, 8, 9, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 94, 95).</summary>
public class FieldTransformTests
{
    private static readonly TableSchema People = new(TablePath.Parse("db.people"),
    [
        new ColumnDef("id", DataType.BigInt) { Nullable = false },
        new ColumnDef("name", DataType.String) { Length = 40, Default = "?", Comment = "whole name" },
        new ColumnDef("age", DataType.Int),
        new ColumnDef("tags", DataType.Array(DataType.Int)),
    ])
    {
        PrimaryKey = new PrimaryKey("pk", ["id"]),
        ConstraintKeys = [new ConstraintKey("u", ConstraintKind.UniqueKey, [new ConstraintColumn("name")])],
    };

    private static readonly BoxedRow[] Rows = [new(1L, "Joy", 20, new BoxedList(1, 2)), new(RowKind.Delete, [2L, null, null, null])];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact] // 16, 8, 18, 21
    public async Task Copy_adds_columns_in_order_with_all_that_is_known_of_them()
    {
        var (table, rows) = await ApplyAsync(new CopyPlugin(), """{ "fields": { "n2": "name", "a2": "age", "n3": "name" } }""");
        table.Columns.Select(column => column.Name).ShouldBe(["id", "name", "age", "tags", "n2", "a2", "n3"]);
        table.Columns[4].ShouldBe(People.Columns[1] with { Name = "n2" });
        rows.ShouldBe([new BoxedRow(1L, "Joy", 20, new BoxedList(1, 2), "Joy", 20, "Joy"), new BoxedRow(RowKind.Delete, [2L, null, null, null, null, null, null])]);
    }

    [Fact] // 7, 20
    public async Task Copy_onto_a_column_that_exists_overwrites_it_in_place()
    {
        var (table, rows) = await ApplyAsync(new CopyPlugin(), """{ "fields": { "name": "age" } }""");
        table.Columns.Select(column => (column.Name, column.Type)).ShouldBe([("id", DataType.BigInt), ("name", DataType.Int), ("age", DataType.Int), ("tags", DataType.Array(DataType.Int))]);
        rows[0].ShouldBe(new BoxedRow(1L, 20, 20, new BoxedList(1, 2)));
    }

    [Fact] // 19
    public async Task Copy_knows_its_older_form()
    {
        var (table, _) = await ApplyAsync(new CopyPlugin(), """{ "src_field": "name", "dest_field": "name2" }""");
        table.Columns[^1].ShouldBe(People.Columns[1] with { Name = "name2" });
    }

    [Fact] // 14
    public void Copy_without_fields_says_what_is_missing() =>
        Check(new CopyPlugin(), "{}").What.ShouldBe("There are unconfigured options, the options('fields') are required.");

    [Fact] // 9
    public async Task Copy_of_an_unknown_column_is_refused_by_name() =>
        (await RefusedAsync(new CopyPlugin(), """{ "fields": { "x": "nmae" } }""")).ToString().ShouldBe("""
            test.json:1:13: ErrorCode:[TRANSFORM_COMMON-01], ErrorDescription:[The input field 'nmae' of 'Copy' transform not found in upstream schema]
                { "fields": { "x": "nmae" } }
                            ^ Table db.people has the columns id, name, age, tags. Did you mean 'name'?
            """);

    [Fact] // 22, 23, 25
    public async Task FieldMapper_chooses_orders_and_renames()
    {
        var (table, rows) = await ApplyAsync(new FieldMapperPlugin(), """{ "field_mapper": { "age": "years", "id": "id", "name": "full_name" } }""");
        table.Columns.ShouldBe([People.Columns[2] with { Name = "years" }, People.Columns[0], People.Columns[1] with { Name = "full_name" }]);
        table.PrimaryKey.ShouldBe(People.PrimaryKey);
        table.ConstraintKeys.ShouldBeEmpty();
        rows.ShouldBe([new BoxedRow(20, 1L, "Joy"), new BoxedRow(RowKind.Delete, [null, 2L, null])]);
    }

    [Fact] // 26
    public async Task FieldMapper_drops_a_key_whose_column_is_renamed() =>
        (await ApplyAsync(new FieldMapperPlugin(), """{ "field_mapper": { "id": "nr" } }""")).Table.PrimaryKey.ShouldBeNull();

    [Fact] // 24
    public async Task FieldMapper_lists_all_missing_columns() =>
        (await RefusedAsync(new FieldMapperPlugin(), """{ "field_mapper": { "nope": "a", "id": "id", "nada": "b" } }""")).Code.ToString()
            .ShouldBe("ErrorCode:[TRANSFORM_COMMON-02], ErrorDescription:[The input fields 'nope,nada' of 'FieldMapper' transform not found in upstream schema]");

    [Fact]
    public async Task FieldMapper_refuses_two_columns_of_one_name() =>
        (await RefusedAsync(new FieldMapperPlugin(), """{ "field_mapper": { "id": "a", "age": "a" } }""")).What.ShouldBe("Table db.people field a duplicate");

    [Fact] // 14
    public void FieldMapper_without_a_mapper_says_what_is_missing() =>
        Check(new FieldMapperPlugin(), "{}").What.ShouldBe("There are unconfigured options, the options('field_mapper') are required.");

    [Fact] // 27
    public async Task Filter_includes_in_the_order_given()
    {
        var (table, rows) = await ApplyAsync(new FilterPlugin(), """{ "include_fields": ["age", "id"] }""");
        table.Columns.ShouldBe([People.Columns[2], People.Columns[0]]);
        table.PrimaryKey.ShouldBe(People.PrimaryKey);
        rows[0].ShouldBe(new BoxedRow(20, 1L));
    }

    [Fact] // 28, 32
    public async Task Filter_excludes_and_keeps_the_order_of_the_others()
    {
        var (table, _) = await ApplyAsync(new FilterPlugin(), """{ "exclude_fields": ["id", "tags"] }""");
        table.Columns.ShouldBe([People.Columns[1], People.Columns[2]]);
        table.PrimaryKey.ShouldBeNull();
        table.ConstraintKeys.ShouldHaveSingleItem();
    }

    [Fact] // 29
    public async Task Filter_knows_fields_as_another_name() =>
        (await ApplyAsync(new FilterPlugin(), """{ "fields": ["name"] }""")).Table.Columns.ShouldBe([People.Columns[1]]);

    [Fact] // 15, 30
    public void Filter_takes_one_of_both_lists()
    {
        Check(new FilterPlugin(), """{ "include_fields": ["id"], "exclude_fields": ["name"] }""").What
            .ShouldBe("These options('include_fields', 'exclude_fields') are mutually exclusive, allowing only one set(\"[] for a set\") of options to be configured.");
        Check(new FilterPlugin(), "{}").What
            .ShouldBe("There are unconfigured options, these options('include_fields', 'exclude_fields') are mutually exclusive, allowing only one set(\"[] for a set\") of options to be configured.");
    }

    [Fact] // 31
    public async Task Filter_refuses_unknown_columns() =>
        (await RefusedAsync(new FilterPlugin(), """{ "exclude_fields": ["nope"] }""")).Code.Id.ShouldBe("TRANSFORM_COMMON-02");

    [Fact] // 17
    public async Task A_copy_shares_the_blocks_and_gives_them_back_once()
    {
        var memory = new TestMemory();
        await using var transform = await new CopyPlugin().CreateAsync(new TransformContext { Settings = TestSettings.Of("""{ "fields": { "t2": "tags" } }"""), Tables = [People] }, Stop);
        var output = new Collected();
        await transform.ApplyAsync(BoxedRows.ToBatch(People, Rows, memory.Memory), output, Stop);
        ((ListColumn)output.Batches.Single()[3]).OffsetBuffer.Block!.References.ShouldBe(2, "nobody may write into a shared block");
        output.Dispose();
        memory.MustBeBack();
    }

    [Fact] // 94, 95, 5
    public async Task Each_table_has_its_own_settings()
    {
        var settings = TestSettings.Of("""
            {
              "include_fields": ["id"], "table_match_regex": "db\\.p.*",
              "table_transform": [ { "table_path": "db.people", "include_fields": ["name", "id"] } ]
            }
            """);
        new FilterPlugin().Check(settings).ShouldBeEmpty();
        TableSchema[] tables = [People, People.WithPath(TablePath.Parse("db.pets")), People.WithPath(TablePath.Parse("db.orders"))];
        await using var transform = await new FilterPlugin().CreateAsync(new TransformContext { Settings = settings, Tables = tables }, Stop);
        transform.Tables.Select(table => (table.TableId, string.Join(',', table.Columns.Select(column => column.Name)))).ShouldBe(
            [("db.people", "name,id"), ("db.pets", "id"), ("db.orders", "id,name,age,tags")]);
        using var output = new Collected();
        foreach (var table in tables) await transform.ApplyAsync(BoxedRows.ToBatch(table, Rows, BatchMemory.Unlimited()), output, Stop);
        output.Batches.Select(batch => (batch.Schema.TableId, batch.ColumnCount)).ShouldBe([("db.people", 2), ("db.pets", 1), ("db.orders", 4)]);
    }

    [Fact]
    public async Task Settings_for_single_tables_alone_leave_the_others_as_they_are()
    {
        var settings = TestSettings.Of("""{ "table_transform": [ { "table_path": "db.people", "query": "select id from x" } ] }""");
        new SqlPlugin().Check(settings).ShouldBeEmpty();
        TableSchema[] tables = [People, People.WithPath(TablePath.Parse("db.pets"))];
        await using var transform = await new SqlPlugin().CreateAsync(new TransformContext { Settings = settings, Tables = tables }, Stop);
        transform.Tables.Select(table => table.Columns.Count).ShouldBe([1, 4]);
    }

    [Fact]
    public void Two_settings_for_one_table_are_refused() =>
        Check(new FilterPlugin(), """{ "table_transform": [ { "table_path": "a", "fields": ["x"] }, { "table_path": "a", "include_fields": ["y"] } ] }""", problems => problems
            .Single(problem => problem.Severity == Severity.Error)).What.ShouldBe("The table 'a' has more than one element in 'table_transform'.");

    [Fact]
    public void A_pattern_that_is_none_is_refused() =>
        Check(new FilterPlugin(), """{ "include_fields": ["id"], "table_match_regex": "(" }""").What.ShouldContain("'table_match_regex' is no regular expression");

    [Fact] // 104
    public void A_query_that_does_not_parse_is_told_before_any_table_is_known() =>
        Check(new SqlPlugin(), """{ "query": "select from t" }""").What.ShouldStartWith("SQL parse failed: select from t, cause: ");

    [Fact]
    public async Task Mistakes_of_all_tables_come_in_one_answer()
    {
        TableSchema[] tables = [People, new TableSchema(TablePath.Parse("db.b"), [new ColumnDef("x", DataType.Int)])];
        var wrong = await Should.ThrowAsync<ProblemsException>(async () => await new FilterPlugin().CreateAsync(
            new TransformContext { Settings = TestSettings.Of("""{ "include_fields": ["y"] }"""), Tables = tables }, Stop));
        wrong.Problems.Select(problem => problem.What).ShouldBe(["Table db.people has the columns id, name, age, tags.", "Table db.b has the columns x."]);
    }

    [Fact]
    public async Task A_change_of_the_table_is_passed_on_as_far_as_it_is_seen()
    {
        await using var transform = await new SqlPlugin().CreateAsync(
            new TransformContext { Settings = TestSettings.Of("""{ "query": "select *, age + 1 as next from t" }"""), Tables = [People] }, Stop);
        var mail = new ColumnDef("mail", DataType.String);
        var wider = People.WithColumns([.. People.Columns, mail]);
        var seen = transform.Map(new AddColumn(People.Path, mail, new ColumnPlace()) { After = wider }).ShouldBeOfType<AddColumn>();
        (seen.Column, seen.Place).ShouldBe((mail, new ColumnPlace(AfterColumn: "tags")));
        using var output = new Collected();
        await transform.ApplyAsync(BoxedRows.ToBatch(wider, [new BoxedRow(1L, "Joy", 20, null, "@")], BatchMemory.Unlimited()), output, Stop);
        BoxedRows.Of(output.Batches.Single()).ShouldBe([new BoxedRow(1L, "Joy", 20, null, "@", 21)]);

        await using var filter = await new FilterPlugin().CreateAsync(new TransformContext { Settings = TestSettings.Of("""{ "include_fields": ["id", "age"] }"""), Tables = [People] }, Stop);
        filter.Map(new AddColumn(People.Path, mail, new ColumnPlace()) { After = wider }).ShouldBeNull();
        var longAge = People.Columns[2] with { Type = DataType.BigInt };
        var changed = wider.WithColumns([.. wider.Columns.Select(column => column.Name == "age" ? longAge : column)]);
        filter.Map(new ModifyColumn(People.Path, longAge, new ColumnPlace()) { After = changed }).ShouldBeOfType<ModifyColumn>().Column.ShouldBe(longAge);
        var gone = People.WithColumns([People.Columns[0]]);
        (await Should.ThrowAsync<ProblemsException>(() => Task.FromResult(filter.Map(new DropColumn(People.Path, "age") { After = gone })))).Problems.Single().Code.Id.ShouldBe("TRANSFORM_COMMON-02");
    }

    [Fact] // 1
    public void Names_are_found_in_any_case()
    {
        var registry = new PluginRegistry(TransformPlugins.Plugins);
        foreach (var name in new[] { "sql", "SQL", "copy", "fieldmapper", "FILTER" }) registry.Find(PluginKind.Transform, name).ShouldNotBeNull(name);
        foreach (var entry in TransformPlugins.Plugins) entry.Make().Name.ShouldBe(entry.Name);
    }

    private static Problem Check(TransformPlugin plugin, string settings) => Check(plugin, settings, problems => problems.ShouldHaveSingleItem());

    private static Problem Check(TransformPlugin plugin, string settings, Func<IReadOnlyList<Problem>, Problem> choose) => choose(plugin.Check(TestSettings.Of(settings)));

    private static async Task<Problem> RefusedAsync(TransformPlugin plugin, string settings)
    {
        var wrong = await Should.ThrowAsync<ProblemsException>(async () => await plugin.CreateAsync(new TransformContext { Settings = TestSettings.Of(settings), Tables = [People] }, Stop));
        return wrong.Problems.ShouldHaveSingleItem();
    }

    private static async Task<(TableSchema Table, IReadOnlyList<BoxedRow> Rows)> ApplyAsync(TransformPlugin plugin, string settings)
    {
        var parsed = TestSettings.Of(settings);
        plugin.Check(parsed).ShouldNotContain(problem => problem.Severity == Severity.Error);
        await using var transform = await plugin.CreateAsync(new TransformContext { Settings = parsed, Tables = [People] }, Stop);
        using var output = new Collected();
        await transform.ApplyAsync(BoxedRows.ToBatch(People, Rows, BatchMemory.Unlimited()), output, Stop);
        return (transform.Tables.Single(), [.. output.Batches.SelectMany(BoxedRows.Of)]);
    }

    private sealed class Collected : ITransformOutput, IDisposable
    {
        public List<ColumnBatch> Batches { get; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            Batches.Add(batch);
            return ValueTask.CompletedTask;
        }

        public void Dispose()
        {
            foreach (var batch in Batches) batch.Dispose();
        }
    }
}
