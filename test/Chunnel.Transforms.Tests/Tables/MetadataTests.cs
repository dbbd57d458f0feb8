using Chunnel.Core;
using Chunnel.TestKit;
using Chunnel.Transforms.Metadata;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>What is known of a row beside its values, and what is not (transforms.md 80, 81, 82).</summary>
public sealed class MetadataTests
{
    private static readonly TableSchema Sales = new(TablePath.Parse("db.sales"), [new ColumnDef("id", DataType.Int), new ColumnDef("day", DataType.Date), new ColumnDef("shop", DataType.String)]);

    [Fact] // 80, 82
    public async Task Every_documented_key_has_its_type_and_what_no_source_tells_is_null()
    {
        var settings = """{ "metadata_fields": { """ + string.Join(", ", MetadataKeys.All.Keys.Select(key => $"\"{key}\": \"{key}\"")) + " } }";
        var (table, rows) = await Transforming.ApplyAsync(new MetadataPlugin(), settings, Sales, new BoxedRow(RowKind.UpdateAfter, [1, null, "a"]));
        string.Join(", ", table.Columns.Skip(3).Select(column => $"{column.Name} {column.Type}")).ShouldBe(
            "Database string, Table string, RowKind string, Partition string, EventTime bigint, Delay bigint, SourceTimestamp bigint, BinlogFile string, BinlogPos bigint, BinlogRow int, Gtid string, "
            + "FilePath string, FileCreateTime bigint, FileUpdateTime bigint, FileSize bigint, FileType string");
        table.Columns.Skip(3).ShouldAllBe(column => column.Nullable);
        rows.Single().Values.Skip(3).Take(3).ShouldBe(["db", "sales", "+U"]);
        rows.Single().Values.Skip(6).ShouldAllBe(value => value == null);
    }

    [Theory]
    [InlineData("shop", "a", "")]
    [InlineData("day,shop", "2024-02-29,a", "2024-02-29,")]
    [InlineData("", null, null)]
    public async Task Partition_is_the_values_of_the_partition_keys(string keys, string? first, string? second)
    {
        var table = new TableSchema(Sales.Path, Sales.Columns) { PartitionKeys = keys.Split(',', StringSplitOptions.RemoveEmptyEntries) };
        var day = new BoxedDate(new DateOnly(2024, 2, 29).DayNumber - new DateOnly(1970, 1, 1).DayNumber);
        var (_, rows) = await Transforming.ApplyAsync(new MetadataPlugin(), """{ "metadata_fields": { "Partition": "p" } }""", table, new BoxedRow(1, day, "a"), new BoxedRow(2, day, ""), new BoxedRow(3, null, null));
        rows.Select(row => row[3]).ShouldBe([first, second, null]);
    }

    [Fact] // 81
    public void Keys_are_known_by_their_exact_names() =>
        Transforming.Wrong(new MetadataPlugin(), """{ "metadata_fields": { "eventTime": "a", "Rowkind": "b" } }""").ShouldHaveSingleItem().ShouldStartWith("'metadata_fields' has no key eventTime, Rowkind. The keys are Database, Table, RowKind, ");
}
