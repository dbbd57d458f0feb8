using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.FieldRename;
using Chunnel.Transforms.FilterRowKind;
using Chunnel.Transforms.TableFilter;
using Chunnel.Transforms.TableMerge;
using Chunnel.Transforms.TableRename;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>Transforms of names, of whole tables and of kinds (transforms.md 33, 34, 35, 36, 83, 84, 85, 86, 87, 88).</summary>
public sealed class NameTransformTests
{
    private static readonly TableSchema Orders = new(TablePath.Parse("shop.orders"), [new ColumnDef("orderId", DataType.Int), new ColumnDef("userName", DataType.String)])
    {
        PrimaryKey = new PrimaryKey("pk", ["orderId"]),
        ConstraintKeys = [new ConstraintKey("u", ConstraintKind.UniqueKey, [new ConstraintColumn("userName")])],
        PartitionKeys = ["userName"],
    };

    private static readonly BoxedRow[] Rows =
    [
        new(1, "a"), new(RowKind.UpdateBefore, [1, "a"]), new(RowKind.UpdateAfter, [1, "b"]), new(RowKind.Delete, [1, "b"]),
    ];

    [Theory] // 33, 34
    [InlineData("""{ "exclude_kinds": ["INSERT"] }""", "UpdateBefore,UpdateAfter,Delete")]
    [InlineData("""{ "include_kinds": ["update_after", "-D"] }""", "UpdateAfter,Delete")]
    [InlineData("""{ "exclude_kinds": ["INSERT", "UPDATE_BEFORE", "UPDATE_AFTER", "DELETE"] }""", "")]
    public async Task FilterRowKind_keeps_kinds(string settings, string kept)
    {
        var (table, rows) = await Transforming.ApplyAsync(new FilterRowKindPlugin(), settings, Orders, Rows);
        table.ShouldBeSameAs(Orders); // 36
        string.Join(',', rows.Select(row => row.Kind)).ShouldBe(kept);
    }

    [Fact]
    public async Task FilterRowKind_drops_a_batch_of_inserts_whole() =>
        (await Transforming.ApplyAsync(new FilterRowKindPlugin(), """{ "include_kinds": ["DELETE"] }""", Orders, new BoxedRow(1, "a"))).Rows.ShouldBeEmpty();

    [Fact] // 35
    public void FilterRowKind_needs_one_list_of_known_kinds()
    {
        Transforming.Wrong(new FilterRowKindPlugin(), "{}").ShouldHaveSingleItem().ShouldStartWith("There are unconfigured options, these options('include_kinds', 'exclude_kinds') are mutually exclusive");
        Transforming.Wrong(new FilterRowKindPlugin(), """{ "include_kinds": ["UPSERT"] }""").ShouldHaveSingleItem().ShouldStartWith("'UPSERT' is no kind of row");
    }

    [Theory]
    [InlineData("""{ "convert_case": "UPPER" }""", "ORDERID,USERNAME")]
    [InlineData("""{ "prefix": " f_ ", "suffix": "_x" }""", "f_orderId_x,f_userName_x")]
    [InlineData("""{ "convert_case": "LOWER", "replacements_with_regex": [ { "replace_from": "(?<=[a-z])(?=[A-Z])", "replace_to": "_" } ] }""", "order_id,user_name")]
    [InlineData("""{ "replacements_with_regex": [ { "replace_from": "[a-z]+", "replace_to": "x" }, { "replace_from": "r", "replace_to": "1" }, { "replace_from": "zz", "replace_to": "" } ] }""", "o1de1Id,use1Name")] // 85
    [InlineData("""{ "replacements_with_regex": [ { "replace_from": "order", "replace_to": "x", "is_regex": false }, { "replace_from": "userName", "replace_to": "who", "is_regex": false } ] }""", "orderId,who")]
    [InlineData("""{ "prefix": "p_", "specific": [ { "field_name": "orderId", "target_name": "ID" } ] }""", "ID,p_userName")] // 84
    public async Task FieldRename_names_columns_and_keys(string settings, string names)
    {
        var (table, rows) = await Transforming.ApplyAsync(new FieldRenamePlugin(), settings, Orders, Rows);
        string.Join(',', table.Columns.Select(column => column.Name)).ShouldBe(names);
        table.PrimaryKey!.Columns.ShouldBe([table.Columns[0].Name]); // 86
        table.ConstraintKeys.Single().Columns.Single().Name.ShouldBe(table.Columns[1].Name);
        table.PartitionKeys.ShouldBe([table.Columns[1].Name]);
        rows.ShouldBe(Rows);
    }

    [Fact]
    public async Task FieldRename_refuses_two_columns_of_one_name()
    {
        const string settings = """{ "replacements_with_regex": [ { "replace_from": ".*", "replace_to": "x", "is_regex": true } ] }""";
        var wrong = await Transforming.RefusedAsync(new FieldRenamePlugin(), """{ "specific": [ { "field_name": "orderId", "target_name": "userName" } ] }""", Orders);
        wrong.What.ShouldBe("Table shop.orders field userName duplicate");
        (await Transforming.RefusedAsync(new FieldRenamePlugin(), settings, Orders)).What.ShouldContain("duplicate");
    }

    [Fact]
    public void FieldRename_tells_all_mistakes_of_its_rules() =>
        Transforming.Wrong(new FieldRenamePlugin(), """
            { "replacements_with_regex": [ { "replace_from": "(", "replace_to": "" }, { "replace_to": "x" } ], "specific": [ { "field_name": "a" }, { "field_name": "a", "target_name": "b" } ] }
            """).Select(what => what.Split(':')[0]).ShouldBe(
        [
            "The value of 'replace_from' is no regular expression",
            "There are unconfigured options, the options('replace_from') are required.",
            "There are unconfigured options, the options('target_name') are required.",
            "The column 'a' has more than one element in 'specific'.",
        ]);

    [Fact]
    public async Task FieldRename_passes_changes_on_under_the_new_names()
    {
        await using var transform = await Transforming.MakeAsync(new FieldRenamePlugin(), """{ "convert_case": "UPPER" }""", Orders);
        var nick = Orders.Columns[1] with { Name = "nick" };
        var renamed = Orders.WithColumns([Orders.Columns[0], nick]);
        var change = transform.Map(new ChangeColumn(Orders.Path, "userName", nick, new ColumnPlace()) { After = renamed }).ShouldBeOfType<ChangeColumn>();
        (change.OldName, change.Column.Name).ShouldBe(("USERNAME", "NICK"));
        transform.Map(new DropColumn(Orders.Path, "nick") { After = renamed.WithColumns([Orders.Columns[0]]) }).ShouldBeOfType<DropColumn>().Column.ShouldBe("NICK");
    }

    [Fact] // 83, 94
    public async Task TableRename_gives_matching_tables_and_their_rows_a_new_name()
    {
        var users = Orders.WithPath(TablePath.Parse("shop.main.users"));
        var (tables, rows) = await Transforming.ApplyAllAsync(new TableRenamePlugin(),
            """{ "convert_case": "UPPER", "prefix": "ods_", "suffix": "_d", "table_match_regex": "shop\\.main\\..*" }""", (Orders, [Rows[0]]), (users, [Rows[0]]));
        tables.Select(table => table.TableId).ShouldBe(["shop.orders", "shop.main.ods_USERS_d"]);
        tables[1].PrimaryKey.ShouldBe(Orders.PrimaryKey);
        rows.Select(row => row.Table).ShouldBe(["shop.orders", "shop.main.ods_USERS_d"]);
    }

    [Fact] // 87
    public async Task TableMerge_makes_one_table()
    {
        var more = Orders.WithPath(TablePath.Parse("shop.orders_2"));
        var other = new TableSchema(TablePath.Parse("shop.other"), [new ColumnDef("x", DataType.Int)]);
        var (tables, rows) = await Transforming.ApplyAllAsync(new TableMergePlugin(),
            """{ "database": "dw", "table": "all_orders", "table_match_regex": "shop\\.orders.*" }""", (Orders, Rows), (more, [Rows[0]]), (other, [new BoxedRow(7)]));
        tables.Select(table => table.TableId).ShouldBe(["dw.all_orders", "shop.other"]);
        rows.Select(row => row.Table).ShouldBe(["dw.all_orders", "dw.all_orders", "dw.all_orders", "dw.all_orders", "dw.all_orders", "shop.other"]);
        rows.Select(row => row.Row).Take(5).ShouldBe([.. Rows, Rows[0]]);
    }

    [Fact]
    public async Task TableMerge_refuses_tables_that_differ()
    {
        var other = new TableSchema(TablePath.Parse("shop.other"), [new ColumnDef("x", DataType.Int)]);
        (await Transforming.RefusedAsync(new TableMergePlugin(), """{ "table": "one" }""", Orders, other)).What
            .ShouldBe("Table shop.other comes out as one, which has other columns: one(x int) and one(orderId int, userName string).");
    }

    [Fact]
    public async Task A_change_of_one_of_several_merged_tables_is_refused()
    {
        await using var transform = await Transforming.MakeAsync(new TableMergePlugin(), """{ "table": "one" }""", Orders, Orders.WithPath(TablePath.Parse("shop.orders_2")));
        var after = Orders.WithColumns([Orders.Columns[0]]);
        Should.Throw<ProblemsException>(() => transform.Map(new DropColumn(Orders.Path, "userName") { After = after })).Problems.Single().What
            .ShouldBe("Table shop.orders has changed, but the table one that comes out of it is made of several tables, so the change cannot be passed on.");
    }

    [Theory] // 88
    [InlineData("""{ "table_pattern": "ord.*" }""", "shop.orders")]
    [InlineData("""{ "table_pattern": "ord.*", "pattern_mode": "EXCLUDE" }""", "shop.users,crm.users")]
    [InlineData("""{ "database_pattern": "shop", "table_pattern": "user" }""", null)]
    [InlineData("""{ "database_pattern": "shop", "table_pattern": "users|x" }""", "shop.users")]
    public async Task TableFilter_keeps_whole_tables(string settings, string? kept)
    {
        (TableSchema, BoxedRow[])[] inputs = [(Orders, Rows), (Orders.WithPath(TablePath.Parse("shop.users")), Rows), (Orders.WithPath(TablePath.Parse("crm.users")), Rows)];
        if (kept is null)
        {
            (await Transforming.RefusedAsync(new TableFilterPlugin(), settings, [.. inputs.Select(input => input.Item1)])).What
                .ShouldBe("None of the tables shop.orders, shop.users, crm.users is left.");
            return;
        }
        var (tables, rows) = await Transforming.ApplyAllAsync(new TableFilterPlugin(), settings, inputs);
        string.Join(',', tables.Select(table => table.TableId)).ShouldBe(kept);
        rows.Select(row => row.Table).Distinct().ShouldBe(kept.Split(','));
    }

    [Fact]
    public async Task TableFilter_keeps_changes_of_dropped_tables_to_itself()
    {
        var users = Orders.WithPath(TablePath.Parse("shop.users"));
        await using var transform = await Transforming.MakeAsync(new TableFilterPlugin(), """{ "table_pattern": "orders" }""", Orders, users);
        SchemaChange Drop(TableSchema table) => new DropColumn(table.Path, "userName") { After = table.WithColumns([table.Columns[0]]) };
        transform.Map(Drop(users)).ShouldBeNull();
        transform.Map(Drop(Orders)).ShouldNotBeNull();
    }

    [Fact]
    public void TableFilter_refuses_what_is_no_pattern() =>
        Transforming.Wrong(new TableFilterPlugin(), """{ "table_pattern": "(", "schema_pattern": "[" }""").Count.ShouldBe(2);
}

public sealed class FieldRenameKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new FieldRenamePlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "convert_case": "UPPER", "suffix": "_x" }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class FilterRowKindKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new FilterRowKindPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "exclude_kinds": ["UPDATE_BEFORE", "INSERT"] }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class TableRenameKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new TableRenamePlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "prefix": "x_" }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class TableMergeKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new TableMergePlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "table": "one" }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}

public sealed class TableFilterKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new TableFilterPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "table_pattern": ".*" }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}
