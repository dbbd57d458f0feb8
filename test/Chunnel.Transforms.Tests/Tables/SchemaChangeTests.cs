using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.FieldRename;
using Chunnel.Transforms.TableFilter;
using Chunnel.Transforms.TableMerge;
using Chunnel.Transforms.TableRename;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>What those behind a transform of names or tables hear of changes, and where rows go after them (transforms.md 83, 86, 87, 88).</summary>
public sealed class SchemaChangeTests
{
    private static readonly TableSchema Orders = new(TablePath.Parse("shop.orders"), [new ColumnDef("orderId", DataType.Int), new ColumnDef("userName", DataType.String)])
    {
        PrimaryKey = new PrimaryKey("pk", ["orderId"]),
    };

    private static readonly ColumnDef Mail = new("mailTo", DataType.String);

    private static readonly TableSchema Wider = Orders.WithColumns([Orders.Columns[0], Mail, Orders.Columns[1]]);

    private static readonly AddColumn Added = new(Orders.Path, Mail, new ColumnPlace(AfterColumn: "orderId")) { After = Wider };

    [Theory]
    [InlineData("TableRename", """{ "prefix": "ods_" }""", "shop.ods_orders", "mailTo after orderId")]
    [InlineData("TableMerge", """{ "database": "dw", "table": "all" }""", "dw.all", "mailTo after orderId")]
    [InlineData("TableFilter", """{ "table_pattern": "orders" }""", "shop.orders", "mailTo after orderId")]
    [InlineData("FieldRename", """{ "convert_case": "UPPER" }""", "shop.orders", "MAILTO after ORDERID")]
    [InlineData("TableRename", """{ "prefix": "ods_", "table_match_regex": "other.*" }""", "shop.orders", "mailTo after orderId")]
    public async Task A_new_column_is_heard_of_under_the_new_names_and_its_rows_follow(string name, string settings, string table, string column)
    {
        await using var transform = await Transforming.MakeAsync(PluginOf(name), settings, Orders);
        var heard = transform.Map(Added).ShouldBeOfType<AddColumn>();
        heard.Table.ToString().ShouldBe(table);
        $"{heard.Column.Name} after {heard.Place.AfterColumn}".ShouldBe(column);
        heard.After!.TableId.ShouldBe(table);
        transform.Tables.ShouldHaveSingleItem().Columns.Count.ShouldBe(3);
        var (schema, row) = (await Transforming.ApplyAsync(transform, Wider, new BoxedRow(1, "@", "a"))).ShouldHaveSingleItem();
        (schema.TableId, row).ShouldBe((table, new BoxedRow(1, "@", "a")));
    }

    [Theory]
    [InlineData("TableRename", """{ "prefix": "ods_" }""", "shop.ods_orders -> shop.ods_sales")]
    [InlineData("TableRename", """{ "prefix": "ods_", "table_match_regex": "shop\\.o.*" }""", "shop.ods_orders -> shop.sales")]
    [InlineData("TableRename", """{ "prefix": "ods_", "table_match_regex": "shop\\.s.*" }""", "shop.orders -> shop.ods_sales")]
    [InlineData("TableMerge", """{ "table": "all" }""", "")]
    [InlineData("TableFilter", """{ "database_pattern": "shop" }""", "shop.orders -> shop.sales")]
    [InlineData("FieldRename", """{ "prefix": "x_" }""", "shop.orders -> shop.sales")]
    public async Task A_renamed_table_is_heard_of_as_far_as_its_new_name_is_seen(string name, string settings, string heard)
    {
        await using var transform = await Transforming.MakeAsync(PluginOf(name), settings, Orders);
        var sales = Orders.WithPath(TablePath.Parse("shop.sales"));
        var change = transform.Map(new RenameTable(Orders.Path, sales.Path) { After = sales });
        (change is RenameTable renamed ? $"{renamed.Table} -> {renamed.NewPath}" : change?.TypeName ?? "").ShouldBe(heard);
        (await Transforming.ApplyAsync(transform, sales, new BoxedRow(1, "a"))).ShouldHaveSingleItem().Table.ShouldBeSameAs(transform.Tables.Single());
    }

    [Fact]
    public async Task A_table_that_gets_a_name_that_is_filtered_goes_with_its_rows_and_does_not_come_back()
    {
        var users = Orders.WithPath(TablePath.Parse("shop.users"));
        await using var transform = await Transforming.MakeAsync(new TableFilterPlugin(), """{ "table_pattern": "orders|users" }""", Orders, users);
        var old = Orders.WithPath(TablePath.Parse("shop.old"));
        transform.Map(new RenameTable(Orders.Path, old.Path) { After = old }).ShouldBeNull();
        (await Transforming.ApplyAsync(transform, old, new BoxedRow(1, "a"))).ShouldBeEmpty();
        transform.Tables.ShouldHaveSingleItem().TableId.ShouldBe("shop.users");
        Should.Throw<ProblemsException>(() => transform.Map(new RenameTable(old.Path, Orders.Path) { After = Orders })).Problems.ShouldHaveSingleItem().What
            .ShouldBe("Table shop.old has changed, but the table shop.orders that comes out of it was left out before, so the change cannot be passed on.");
    }

    [Fact]
    public async Task Two_tables_do_not_become_one_by_a_change()
    {
        var users = Orders.WithPath(TablePath.Parse("shop.users"));
        await using var transform = await Transforming.MakeAsync(new TableRenamePlugin(), """{ "replacements_with_regex": [ { "replace_from": "old_", "replace_to": "" } ] }""", Orders, users);
        var old = Orders.WithPath(TablePath.Parse("shop.old_users"));
        Should.Throw<ProblemsException>(() => transform.Map(new RenameTable(Orders.Path, old.Path) { After = old })).Problems.ShouldHaveSingleItem().What.ShouldContain("is made of another one already");
    }

    [Fact]
    public async Task FieldRename_hears_of_several_changes_at_once()
    {
        await using var transform = await Transforming.MakeAsync(new FieldRenamePlugin(), """{ "convert_case": "UPPER", "specific": [ { "field_name": "who", "target_name": "USER" } ] }""", Orders);
        var who = Orders.Columns[1] with { Name = "who" };
        var after = Orders.WithColumns([Orders.Columns[0] with { Type = DataType.BigInt }, who, Mail]);
        var heard = transform.Map(new UpdateColumns(Orders.Path,
        [
            new ChangeColumn(Orders.Path, "userName", who, new ColumnPlace()), new ModifyColumn(Orders.Path, after.Columns[0], new ColumnPlace()), new AddColumn(Orders.Path, Mail, new ColumnPlace()),
        ]) { After = after }).ShouldBeOfType<UpdateColumns>();
        string.Join(", ", heard.Changes.Select(change => change switch
        {
            ChangeColumn renamed => $"{renamed.OldName} -> {renamed.Column.Name}",
            ModifyColumn modified => $"{modified.Column.Name} {modified.Column.Type}",
            AddColumn added => $"+{added.Column.Name}",
            _ => change.TypeName,
        })).ShouldBe("USERNAME -> USER, ORDERID bigint, +MAILTO");
        transform.Tables.Single().PrimaryKey!.Columns.ShouldBe(["ORDERID"]);
    }

    [Fact]
    public async Task FieldRename_refuses_a_new_column_that_gets_the_name_of_another()
    {
        await using var transform = await Transforming.MakeAsync(new FieldRenamePlugin(), """{ "convert_case": "LOWER" }""", Orders);
        var twin = new ColumnDef("username", DataType.String);
        Should.Throw<ProblemsException>(() => transform.Map(new AddColumn(Orders.Path, twin, new ColumnPlace()) { After = Orders.WithColumns([.. Orders.Columns, twin]) })).Problems.ShouldHaveSingleItem().What.ShouldBe("Table shop.orders field username duplicate");
    }

    [Fact]
    public async Task TableMerge_cannot_follow_when_one_of_its_tables_changes()
    {
        await using var transform = await Transforming.MakeAsync(new TableMergePlugin(), """{ "table": "all", "table_match_regex": ".*orders.*" }""", Orders, Orders.WithPath(TablePath.Parse("shop.orders_2")), Orders.WithPath(TablePath.Parse("shop.users")));
        Should.Throw<ProblemsException>(() => transform.Map(Added)).Problems.ShouldHaveSingleItem().Mend.ShouldBe("Stop the job, change all the tables alike and start it again.");
        var users = Wider.WithPath(TablePath.Parse("shop.users"));
        transform.Map(new AddColumn(users.Path, Mail, new ColumnPlace(AfterColumn: "orderId")) { After = users }).ShouldBeOfType<AddColumn>().Table.ShouldBe(users.Path);
    }

    private static TransformPlugin PluginOf(string name) => (TransformPlugin)TransformPlugins.Plugins.Single(entry => entry.Name == name).Make();
}
