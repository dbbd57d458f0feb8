using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Fake.Tests.ConsoleSink;

/// <summary>The lines are those that a real server printed for the same jobs.</summary>
public sealed class ConsoleTests
{
    [Fact]
    [Trait("spec", "connectors.md 49, 51; golden rows-kinds")]
    public async Task Rows_print_with_their_kind_table_index_and_values() => (await Jobs.LinesAsync("""
        {"schema": {"fields": {"id": "bigint", "name": "string", "age": "int", "score": "double", "day": "date", "ts": "timestamp"}}, "rows": [
          {"kind": "INSERT", "fields": [1, "Joy Ding", 20, 1.5, "2024-01-31", "2024-01-31T10:15:30"]},
          {"kind": "UPDATE_BEFORE", "fields": [2, "May|Lee|x|y", 30, -2.5, "2023-12-31", "2023-12-31T23:59:59"]},
          {"kind": "UPDATE_AFTER", "fields": [2, "May.Lee.Lee", 31, 0.0, "2023-12-31", "2024-01-01T00:00:00"]},
          {"kind": "DELETE", "fields": [1, "Joy Ding", 20, 1.5, "2024-01-31", "2024-01-31T10:15:30"]},
          {"kind": "INSERT", "fields": [3, null, null, null, null, null]}]}
        """)).ShouldBe([
            "output rowType: id<BIGINT>, name<STRING>, age<INT>, score<DOUBLE>, day<DATE>, ts<TIMESTAMP>",
            "subtaskIndex=0  rowIndex=1:  SeaTunnelRow#tableId=fake SeaTunnelRow#kind=INSERT : 1, Joy Ding, 20, 1.5, 2024-01-31, 2024-01-31T10:15:30",
            "subtaskIndex=0  rowIndex=2:  SeaTunnelRow#tableId=fake SeaTunnelRow#kind=UPDATE_BEFORE : 2, May|Lee|x|y, 30, -2.5, 2023-12-31, 2023-12-31T23:59:59",
            "subtaskIndex=0  rowIndex=3:  SeaTunnelRow#tableId=fake SeaTunnelRow#kind=UPDATE_AFTER : 2, May.Lee.Lee, 31, 0.0, 2023-12-31, 2024-01-01T00:00",
            "subtaskIndex=0  rowIndex=4:  SeaTunnelRow#tableId=fake SeaTunnelRow#kind=DELETE : 1, Joy Ding, 20, 1.5, 2024-01-31, 2024-01-31T10:15:30",
            "subtaskIndex=0  rowIndex=5:  SeaTunnelRow#tableId=fake SeaTunnelRow#kind=INSERT : 3, , , , , ",
        ]);

    [Fact]
    [Trait("spec", "connectors.md 49, 51; golden fake-all-rows")]
    public async Task Values_of_every_type_print_as_they_do_there() => (await Jobs.LinesAsync("""
        {"schema": {"fields": {"c_string": "string", "c_boolean": "boolean", "c_tinyint": "tinyint", "c_smallint": "smallint", "c_int": "int", "c_bigint": "bigint", "c_float": "float", "c_double": "double",
            "c_decimal": "decimal(20, 4)", "c_bytes": "bytes", "c_date": "date", "c_time": "time", "c_timestamp": "timestamp", "c_null": "null", "c_array": "array<int>", "c_sarray": "array<string>",
            "c_map": "map<string, string>", "c_row": {"r_int": "int", "r_string": "string", "r_arr": "array<bigint>"}}},
         "rows": [
           {"kind": "INSERT", "fields": ["Hello, World", true, 1, 2, 3, 9223372036854775807, 1.5, 3.141592653589793, "1234567890123456.7891", "bWlJWmo=", "2024-02-29", "23:59:58", "2024-02-29T23:59:58", null, [1, 2, 3], ["a", "", "c"], {"a": "x", "b": "y"}, [7, "seven", [1, 2]]]},
           {"kind": "INSERT", "fields": [null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null]}]}
        """)).ShouldBe([
            "output rowType: c_string<STRING>, c_boolean<BOOLEAN>, c_tinyint<TINYINT>, c_smallint<SMALLINT>, c_int<INT>, c_bigint<BIGINT>, c_float<FLOAT>, c_double<DOUBLE>, c_decimal<Decimal(20, 4)>, c_bytes<BYTES>, c_date<DATE>, c_time<TIME>, c_timestamp<TIMESTAMP>, c_null<NULL>, c_array<ARRAY<INT>>, c_sarray<ARRAY<STRING>>, c_map<Map<STRING, STRING>>, c_row<ROW<r_int INT,r_string STRING,r_arr ARRAY<BIGINT>>>",
            "subtaskIndex=0  rowIndex=1:  SeaTunnelRow#tableId=fake SeaTunnelRow#kind=INSERT : Hello, World, true, 1, 2, 3, 9223372036854775807, 1.5, 3.141592653589793, 1234567890123456.7891, [109, 105, 73, 90, 106], 2024-02-29, 23:59:58, 2024-02-29T23:59:58, , [1, 2, 3], [a, , c], {\"a\":\"x\",\"b\":\"y\"}, [7, seven, [1, 2]]",
            "subtaskIndex=0  rowIndex=2:  SeaTunnelRow#tableId=fake SeaTunnelRow#kind=INSERT : , , , , , , , , , , , , , , , , , ",
        ]);

    [Theory]
    [Trait("spec", "golden fake-value-*, fake-rows-*")]
    [InlineData("int", "\"12\"", "12")]
    [InlineData("boolean", "\"yes\"", "false")]
    [InlineData("date", "\"2024/02/29\"", "2024-02-29")]
    [InlineData("float", "\"1e3\"", "1000.0")]
    [InlineData("time", "\"23:59:58.123\"", "23:59:58.123")]
    [InlineData("timestamp", "\"2024-02-29T23:59:58.123\"", "2024-02-29T23:59:58.123")]
    [InlineData("timestamp", "\"2024-02-29 23:59:58\"", "2024-02-29T23:59:58")]
    [InlineData("decimal(5,2)", "\"1.5\"", "1.5")]
    [InlineData("string", "34", "34")]
    [InlineData("string", "{\"a\": [1]}", "{\"a\":[1]}")]
    public async Task Values_are_read_as_there(string type, string written, string printed) =>
        (await Jobs.LinesAsync($$"""{"schema": {"fields": {"a": "{{type}}"} }, "rows": [{"kind": "INSERT", "fields": [{{written}}]}]}"""))[1]
            .ShouldBe($"subtaskIndex=0  rowIndex=1:  SeaTunnelRow#tableId=fake SeaTunnelRow#kind=INSERT : {printed}");

    [Fact]
    [Trait("spec", "golden fake-value-ts-dateonly, fake-value-bytes-text")]
    public void A_date_is_no_timestamp_and_not_every_text_is_base64()
    {
        Jobs.Mistake(Jobs.FakeSource, """{"schema": {"fields": {"a": "timestamp"}}, "rows": [{"kind": "INSERT", "fields": ["2024-02-29"]}]}""").ShouldNotBeNull().Message
            .ShouldContain("ErrorCode:[COMMON-33], ErrorDescription:[The datetime format '2024-02-29' of field 'a' is not supported. Please check the datetime format.]");
        Jobs.Mistake(Jobs.FakeSource, """{"schema": {"fields": {"a": "bytes"}}, "rows": [{"kind": "INSERT", "fields": ["not base64!"]}]}""").ShouldNotBeNull().Message
            .ShouldContain("Common JSON convert/parse '[\"not base64!\"]' operation failed.");
    }

    [Fact]
    [Trait("spec", "golden fake-multitable-rows, fake-parallel2-rows, fake-rows-too-few")]
    public async Task Each_writer_counts_its_own_rows()
    {
        (await Jobs.LinesAsync("""
            {"tables_configs": [{"schema": {"table": "t1", "fields": {"id": "int"}}, "rows": [{"kind": "INSERT", "fields": [1]}]},
                                {"schema": {"table": "t2", "fields": {"v": "string", "w": "int"}}, "rows": [{"kind": "INSERT", "fields": ["x"]}, {"kind": "DELETE", "fields": ["y", 2, 3]}]}]}
            """, readers: 2)).ShouldBe([
                .. Enumerable.Range(0, 2).SelectMany(reader => new[]
                {
                    "output rowType: id<INT>", "output rowType: v<STRING>, w<INT>",
                    $"subtaskIndex={reader}  rowIndex=1:  SeaTunnelRow#tableId=t1 SeaTunnelRow#kind=INSERT : 1",
                    $"subtaskIndex={reader}  rowIndex=1:  SeaTunnelRow#tableId=t2 SeaTunnelRow#kind=INSERT : x, ",
                    $"subtaskIndex={reader}  rowIndex=2:  SeaTunnelRow#tableId=t2 SeaTunnelRow#kind=DELETE : y, 2",
                })]);
    }

    [Fact]
    [Trait("spec", "connectors.md 50")]
    public async Task Without_data_nothing_but_the_columns_prints() =>
        (await Jobs.LinesAsync("""{"schema": {"fields": {"id": "int"}}}""", """{"log.print.data": false}""")).ShouldBe(["output rowType: id<INT>"]);

    [Fact]
    public async Task A_delay_waits_behind_each_row_and_stops_when_told()
    {
        var sink = await Jobs.Console.CreateAsync(new SinkContext { Settings = TestSettings.Of("""{"log.print.delay.ms": 3600000}"""), Table = Table }, Jobs.Stop);
        var lines = new List<string>();
        await using var writer = sink.CreateWriter(new WriterContext { Subtask = 0, Parallelism = 1, Memory = BatchMemory.Unlimited(), Print = lines.Add }, []);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Jobs.Stop);
        var write = writer.WriteAsync(BoxedRows.ToBatch(Table, [new BoxedRow(1), new BoxedRow(2)], BatchMemory.Unlimited()), cancel.Token).AsTask();
        lines.ShouldHaveSingleItem().ShouldEndWith(": 1");
        write.IsCompleted.ShouldBeFalse();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(write.WaitAsync(TimeSpan.FromSeconds(10), Jobs.Stop));
    }

    [Fact]
    [Trait("spec", "connectors.md 4")]
    public async Task A_change_of_the_schema_prints_both_sides()
    {
        var sink = await Jobs.Console.CreateAsync(new SinkContext { Settings = SettingsObject.Empty, Table = Table }, Jobs.Stop);
        var lines = new List<string>();
        await using var writer = sink.CreateWriter(new WriterContext { Subtask = 0, Parallelism = 1, Memory = BatchMemory.Unlimited(), Print = lines.Add }, []);
        var column = new ColumnDef("b", DataType.String);
        await writer.ApplyAsync(new AddColumn(Table.Path, column, new ColumnPlace()) { After = Table.WithColumns([.. Table.Columns, column]) }, Jobs.Stop);
        lines.ShouldBe(["changed rowType before: a<INT>", "changed rowType after: a<INT>, b<STRING>"]);
    }

    private static TableSchema Table { get; } = new(new TablePath(null, null, "t"), [new ColumnDef("a", DataType.Int)]);
}

public sealed class ConsoleKeepsTheContract : SinkContract
{

    protected override SinkPlugin Plugin => Jobs.Console;

    protected override SettingsObject Settings => SettingsObject.Empty;

    protected override ValueTask<IReadOnlyList<string>> VisibleAsync()
    {
        // What a person compares: kind and values, whatever the counters; a value may have line breaks of its own.
        var rows = Printed.Where(line => !line.StartsWith("output rowType", StringComparison.Ordinal)).ToList();
        var joined = string.Join('\n', rows).Split("subtaskIndex=", StringSplitOptions.RemoveEmptyEntries);
        return new([.. joined.Select(row => row[(row.IndexOf("kind=", StringComparison.Ordinal) + 5)..].TrimEnd('\n'))]);
    }

    protected override string Show(BoxedRow row) => $"{row.Kind.ToFullText()} : {string.Join(", ", row.Values.Select(value => value?.ToString() ?? ""))}".TrimEnd('\n');
}
