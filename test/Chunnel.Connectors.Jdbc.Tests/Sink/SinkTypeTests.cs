using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Types that a job says for columns of tables that the sink makes (transforms.md 89).</summary>
public sealed class SinkTypeTests
{
    private static readonly TableSchema Table = new(TablePath.Parse("t"),
    [
        new ColumnDef("id", DataType.Int) { SinkType = "bigint" }, new ColumnDef("name", DataType.String) { Length = 9, SinkType = "character varying(40)" },
        new ColumnDef("doc", DataType.String) { SinkType = "jsonb", SourceType = "text" }, new ColumnDef("price", DataType.Double) { SinkType = "numeric(12,3)" }, new ColumnDef("plain", DataType.Int),
    ])
    {
        PrimaryKey = new PrimaryKey("pk", ["id"]),
        CatalogName = "Postgres",
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task They_stand_in_the_table_word_for_word_and_values_fit_them(bool upsert)
    {
        await using var db = await Db.OpenAsync();
        await db.WriteAsync(Made(db, upsert), Table, new BoxedRow(1, "Joy", """{"a": [1, 2]}""", 1.25, 7));
        (await db.RowsAsync("select string_agg(format_type(atttypid, atttypmod), ',' order by attnum) from pg_attribute where attrelid = 'made'::regclass and attnum > 0"))
            .ShouldBe(["bigint,character varying(40),jsonb,numeric(12,3),integer"]);
        (await db.RowsAsync("select id, name, doc -> 'a' -> 1, price, plain from made")).ShouldBe(["1|Joy|2|1.250|7"]);
    }

    [Fact]
    public async Task One_that_the_database_does_not_know_is_told_with_its_own_words()
    {
        await using var db = await Db.OpenAsync();
        var wrong = Table.WithColumns([Table.Columns[0] with { SinkType = "nvarchar2(10)" }]);
        (await Db.RefusedAsync(() => db.WriteAsync(Made(db), wrong, new BoxedRow(1)))).ToString().ShouldContain("nvarchar2");
    }

    private static string Made(Db db, bool upsert = true) => $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"table\": \"public.made\", \"enable_upsert\": {(upsert ? "true" : "false")}";
}
