using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>What the catalog says comes as it is, whatever characters are in it (spec connectors.md 7.8).</summary>
public sealed class PgCatalogTests
{
    [Fact]
    public async Task A_table_is_described_with_names_and_texts_of_any_kind()
    {
        await using var db = await Db.OpenAsync("""
            create schema "it's";
            create table "it's"."a ""b"" \c"("the id" int, "ü" numeric(10, 2) not null default 1.5, words text[], z text default 'x''y\', constraint "p k" primary key ("ü", "the id"));
            create unique index "one ""of"" them" on "it's"."a ""b"" \c"(z desc, "the id");
            create index plain on "it's"."a ""b"" \c"(z);
            comment on table "it's"."a ""b"" \c" is E'two\nlines, a tab\t, \\N and ''quotes''';
            comment on column "it's"."a ""b"" \c"."ü" is 'größe';
            """);
        await using var connection = await PgConnections.OpenAsync(ConnectionSettings.Read(db.Settings()), null, Db.Stop);
        var table = (await PgCatalog.DescribeAsync(connection, new TablePath(db.Name, "it's", "a \"b\" \\c"), Db.Stop))!;
        table.Comment.ShouldBe("two\nlines, a tab\t, \\N and 'quotes'");
        table.Columns.Select(column => $"{column.Name}: {column.SourceType}, {(column.Nullable ? "null" : "filled")}, {column.Default ?? "-"}, {column.Comment ?? "-"}").ShouldBe(
        [
            "the id: integer, filled, -, -", "ü: numeric(10,2), filled, 1.5, größe", "words: text[], null, -, -", "z: text, null, 'x''y\\'::text, -",
        ]);
        table.PrimaryKey.ShouldNotBeNull().Name.ShouldBe("p k");
        table.PrimaryKey.Columns.ShouldBe(["ü", "the id"]);
        table.ConstraintKeys.Select(key => $"{key.Kind} {key.Name}: {string.Join(", ", key.Columns.Select(column => column.Name + (column.Descending ? " desc" : "")))}").ShouldBe(
            ["UniqueKey one \"of\" them: z desc, the id", "IndexKey plain: z"]);
    }

    /// <summary>COPY of a table gives no rows of its children, refuses views and partitioned tables, and does not know computed columns.</summary>
    [Theory]
    [InlineData("alone", true)]
    [InlineData("child", true)]
    [InlineData("part", true)]
    [InlineData("parent", false)]
    [InlineData("whole", false)]
    [InlineData("computed", false)]
    [InlineData("seen", false)]
    [InlineData("kept", false)]
    [InlineData("nowhere", false)]
    public async Task A_table_is_plain_when_its_copy_is_all_that_a_query_gives(string table, bool isPlain)
    {
        await using var db = await Db.OpenAsync("""
            create table alone(a int);
            create table parent(a int); create table child() inherits (parent);
            create table whole(a int) partition by range (a); create table part partition of whole for values from (0) to (10);
            create table computed(a int, b int generated always as (a + 1) stored);
            create view seen as select 1 as a; create materialized view kept as select 1 as a;
            """);
        await using var connection = await PgConnections.OpenAsync(ConnectionSettings.Read(db.Settings()), null, Db.Stop);
        (await PgCatalog.IsPlainTableAsync(connection, new TablePath(db.Name, "public", table), Db.Stop)).ShouldBe(isPlain);
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_none_and_one_without_columns_is_one()
    {
        await using var db = await Db.OpenAsync("create table bare()");
        await using var connection = await PgConnections.OpenAsync(ConnectionSettings.Read(db.Settings()), null, Db.Stop);
        (await PgCatalog.DescribeAsync(connection, new TablePath(db.Name, null, "nowhere"), Db.Stop)).ShouldBeNull();
        (await PgCatalog.DescribeAsync(connection, new TablePath(db.Name, null, "bare"), Db.Stop))!.Columns.ShouldBeEmpty();
    }
}
