using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Fake.Tests.Source;

public sealed class FakeSourceTests
{
    private const string IdAndName = """ "schema": {"fields": {"id": "int", "name": "string"}} """;

    [Theory]
    [InlineData(1, 1, 10)]
    [InlineData(2, 3, 20)]
    [InlineData(3, 20, 30)]
    [Trait("spec", "connectors.md 34, 37")]
    public async Task Row_num_counts_for_each_reader_whatever_its_splits(int readers, int splits, int rows) =>
        (await Jobs.RowsAsync($$"""{"row.num": 10, "split.num": {{splits}}, "split.read-interval": 0, {{IdAndName}} }""", readers)).Count.ShouldBe(rows);

    [Fact]
    [Trait("spec", "connectors.md 3")]
    public async Task Five_rows_come_when_nothing_is_said() => (await Jobs.RowsAsync($$"""{ {{IdAndName}} }""")).Count.ShouldBe(5);

    [Fact]
    [Trait("spec", "connectors.md 35, 36")]
    public async Task The_list_of_rows_comes_whole_in_each_split_with_its_kinds()
    {
        var rows = await Jobs.RowsAsync($$"""{"split.num": 2, "split.read-interval": 0, {{IdAndName}}, "rows": [{"kind": "INSERT", "fields": [1, "a"]}, {"kind": "UPDATE_BEFORE", "fields": [1, "a"]}, {"kind": "update_after", "fields": [1, "b"]}, {"kind": "DELETE", "fields": [1, "b"]}]}""", readers: 2);
        rows.Count.ShouldBe(16);
        rows.Take(4).Select(row => row.Row.Kind).ShouldBe([RowKind.Insert, RowKind.UpdateBefore, RowKind.UpdateAfter, RowKind.Delete]);
    }

    [Fact]
    [Trait("spec", "connectors.md 38")]
    public async Task Numbers_stay_within_their_range_whose_end_is_not_reached()
    {
        var rows = await Jobs.RowsAsync("""
            {"row.num": 5000, "int.min": 7, "int.max": 9, "bigint.min": -3, "bigint.max": 0, "tinyint.min": -2, "tinyint.max": 1, "smallint.min": 3, "smallint.max": 4,
             "float.min": 1, "float.max": 2, "double.min": -5, "double.max": 6,
             "schema": {"fields": {"a": "int", "b": "bigint", "c": "tinyint", "d": "smallint", "e": "float", "f": "double"}}}
            """);
        rows.Select(row => (int)row.Row[0]!).Distinct().Order().ShouldBe([7, 8]);
        rows.Select(row => (long)row.Row[1]!).Distinct().Order().ShouldBe([-3, -2, -1]);
        rows.Select(row => (sbyte)row.Row[2]!).Distinct().Order().ShouldBe([(sbyte)-2, (sbyte)-1, (sbyte)0]);
        rows.Select(row => (short)row.Row[3]!).Distinct().ShouldBe([(short)3]);
        rows.ShouldAllBe(row => (float)row.Row[4]! >= 1 && (float)row.Row[4]! < 2);
        rows.ShouldAllBe(row => (double)row.Row[5]! >= -5 && (double)row.Row[5]! < 6);
        rows.Select(row => (double)row.Row[5]!).Average().ShouldBe(0.5, 0.2);
    }

    [Fact]
    [Trait("spec", "connectors.md 38")]
    public async Task A_range_of_one_number_gives_that_number() =>
        (await Jobs.RowsAsync("""{"int.min": 7, "int.max": 7, "double.min": 2, "double.max": 2, "schema": {"fields": {"a": "int", "b": "double"}}}"""))
            .ShouldAllBe(row => (int)row.Row[0]! == 7 && (double)row.Row[1]! == 2.0);

    [Theory]
    [Trait("spec", "connectors.md 39")]
    [InlineData("\"int.min\": 9, \"int.max\": 7", "Start value must be smaller or equal to end value.")]
    [InlineData("\"tinyint.max\": 300", "tinyint.max should >= -128 and <= 127")]
    [InlineData("\"row.num\": -1", "must be at least 0")]
    [InlineData("\"string.fake.mode\": \"template\"", "the options('string.template') are required because ['string.fake.mode' == TEMPLATE] is true.")]
    [InlineData("\"date.month.template\": [13]", "13 in 'date.month.template' should >= 1 and <= 12")]
    [InlineData("\"date.month.template\": [2], \"date.day.template\": [30]", "No day of 'date.day.template' exists")]
    [InlineData("\"int.template\": [1, \"x\"]", "The value 'x' of the option 'int.template' is not a number")]
    public void Settings_that_cannot_be_are_refused_before_the_job_starts(string option, string text) =>
        Jobs.Mistake(Jobs.FakeSource, $$"""{ {{option}}, {{IdAndName}} }""").ShouldNotBeNull().Message.ShouldContain(text);

    [Fact]
    public void Rows_that_would_fill_the_memory_are_refused_before_the_job_starts() =>
        Jobs.Mistake(Jobs.FakeSource, """{"string.length": 100000, "array.size": 100000, "schema": {"fields": {"a": "array<string>"}}}""").ShouldNotBeNull().Message
            .ShouldContain("A row of table 'default.default.default' would take 10,000,400,005 bytes.");

    [Fact]
    [Trait("spec", "connectors.md 40")]
    public async Task Templates_are_picked_from()
    {
        var rows = await Jobs.RowsAsync("""
            {"row.num": 300, "string.template": ["x", "yy"], "int.template": [1, 42], "double.template": [2.5], "float.template": [1.25], "tinyint.template": [5], "smallint.template": [6], "bigint.template": [77],
             "date.year.template": [2020], "date.month.template": [2], "date.day.template": [3, 29, 31], "time.hour.template": [4], "time.minute.template": [5], "time.second.template": [6],
             "schema": {"fields": {"a": "string", "b": "int", "c": "bigint", "d": "double", "e": "float", "f": "tinyint", "g": "smallint", "h": "date", "i": "time", "j": "timestamp"}}}
            """);
        rows.Select(row => (string)row.Row[0]!).Distinct().Order().ShouldBe(["x", "yy"]);
        rows.Select(row => (int)row.Row[1]!).Distinct().Order().ShouldBe([1, 42]);
        rows.Select(row => row.Row[7]!.ToString()).Distinct().Order().ShouldBe(["2020-02-03", "2020-02-29"]);
        rows[0].Row[8]!.ToString().ShouldBe("04:05:06");
        rows.Select(row => row.Row[9]!.ToString()![11..]).Distinct().ShouldHaveSingleItem().ShouldStartWith("04:05:06");
        (rows[0].Row[2], rows[0].Row[3], rows[0].Row[4], rows[0].Row[5], rows[0].Row[6]).ShouldBe((77L, 2.5, 1.25f, (sbyte)5, (short)6));
    }

    [Fact]
    [Trait("spec", "connectors.md 41, 42")]
    public async Task Defaults_and_the_words_for_now_are_evaluated()
    {
        var clock = new FixedClock(new DateTimeOffset(2024, 2, 29, 23, 59, 58, TimeSpan.Zero));
        var rows = await Jobs.RowsAsync("""
            {"row.num": 2, "schema": {"columns": [{"name": "a", "type": "string", "defaultValue": "dv"}, {"name": "b", "type": "int", "defaultValue": 7}, {"name": "c", "type": "date", "defaultValue": "CURRENT_DATE"},
                {"name": "d", "type": "time", "defaultValue": "CURRENT_TIME"}, {"name": "e", "type": "timestamp", "defaultValue": "CURRENT_TIMESTAMP"}, {"name": "f", "type": "array<int>", "defaultValue": "[1, 2]"}]}}
            """, clock: clock);
        rows[1].Row.ToString().ShouldBe(rows[0].Row.ToString());
        rows[0].Row.Values.Select(value => value!.ToString()).ShouldBe(["dv", "7", "2024-02-29", "23:59:58", "2024-02-29T23:59:58Z", "[1, 2]"], ignoreOrder: false);
        var listed = await Jobs.RowsAsync("""{"schema": {"fields": {"a": "timestamp", "b": "timestamp_tz"}}, "rows": [{"kind": "INSERT", "fields": ["CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"]}]}""", clock: clock);
        ((BoxedTimestamp)listed[0].Row[0]!).Micros.ShouldBe(new DateTime(2024, 2, 29, 23, 59, 58, DateTimeKind.Utc).Subtract(DateTime.UnixEpoch).Ticks / 10);
    }

    [Fact]
    [Trait("spec", "connectors.md 43, 44")]
    public async Task Lengths_precision_and_scale_are_kept()
    {
        var rows = await Jobs.RowsAsync("""
            {"row.num": 500, "string.length": 3, "bytes.length": 2, "array.size": 2, "map.size": 4, "schema": {"columns": [{"name": "a", "type": "string", "columnLength": 12}, {"name": "b", "type": "string"}, {"name": "c", "type": "decimal(5, 2)"},
                {"name": "d", "type": "decimal(38, 10)"}, {"name": "e", "type": "double", "columnScale": 2}, {"name": "f", "type": "bytes"}, {"name": "g", "type": "array<int>"}, {"name": "h", "type": "map<string, int>"}, {"name": "i", "type": "map<boolean, int>"}],
              "table": "t"}, "double.min": 0, "double.max": 10}
            """);
        rows.ShouldAllBe(row => ((string)row.Row[0]!).Length == 12 && ((string)row.Row[0]!).All(char.IsAsciiLetter) && ((string)row.Row[1]!).Length == 3);
        rows.ShouldAllBe(row => ((BoxedDecimal)row.Row[2]!).Unscaled >= 0 && ((BoxedDecimal)row.Row[2]!).Unscaled < 100000 && ((BoxedDecimal)row.Row[2]!).Scale == 2);
        rows.Max(row => ((BoxedDecimal)row.Row[3]!).Unscaled).ShouldBeGreaterThan(Int128.Parse("90000000000000000000000000000000000000"));
        rows.ShouldAllBe(row => Math.Round((double)row.Row[4]!, 2) == (double)row.Row[4]! && (double)row.Row[4]! < 10);
        rows.ShouldAllBe(row => ((BoxedBytes)row.Row[5]!).Bytes.Length == 2 && ((BoxedList)row.Row[6]!).Items.Count == 2);
        rows.ShouldAllBe(row => ((BoxedMap)row.Row[7]!).Pairs.Select(pair => pair.Key).Distinct().Count() == 4);
        rows.ShouldAllBe(row => ((BoxedMap)row.Row[8]!).Pairs.Select(pair => pair.Key).Distinct().Count() == 2);
    }

    [Fact]
    [Trait("spec", "connectors.md 45")]
    public async Task Tables_do_not_inherit_what_stands_beside_them_and_a_warning_says_so()
    {
        const string settings = """{"row.num": 50, "tables_configs": [{"row.num": 3, "schema": {"table": "fake.table1", "fields": {"id": "int"}}}, {"schema": {"table": "fake.public.table2", "fields": {"a": "bigint"}}}]}""";
        var rows = await Jobs.RowsAsync(settings, readers: 2);
        rows.CountBy(row => row.Table).OrderBy(count => count.Key, StringComparer.Ordinal).ShouldBe([new("fake.public.table2", 10), new("fake.table1", 6)]);
        Jobs.FakeSource.Check(TestSettings.Of(settings)).ShouldHaveSingleItem().What.ShouldBe("'row.num' stands beside 'tables_configs', which does not inherit it.");
    }

    [Fact]
    [Trait("spec", "connectors.md 46")]
    public void Two_tables_of_one_name_are_refused() =>
        Jobs.Mistake(Jobs.FakeSource, """{"tables_configs": [{"schema": {"table": "t", "fields": {"id": "int"}}}, {"schema": {"table": "t", "fields": {"id": "int"}}}]}""")
            .ShouldNotBeNull().Message.ShouldContain("table name: [t, t] must be unique");

    [Fact]
    [Trait("spec", "connectors.md 47")]
    public async Task In_a_streaming_job_the_source_goes_on_without_rows()
    {
        await using var source = await Jobs.SourceAsync($$"""{"row.num": 2, {{IdAndName}} }""", mode: JobMode.Streaming);
        source.IsBounded.ShouldBeFalse();
        var drive = new SourceDrive(source, 1, BatchMemory.Unlimited());
        await using var reader = await drive.OpenReaderAsync(0, (await drive.EnumerateAsync(Jobs.Stop))[0], Jobs.Stop);
        (await reader.ReadAsync(Jobs.Stop)).Batch!.Dispose();
        var idle = await reader.ReadAsync(Jobs.Stop);
        (idle.Kind, idle.Wait).ShouldBe((ReadResultKind.Idle, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    [Trait("spec", "connectors.md 48")]
    public async Task Keys_that_count_up_come_once_each_in_one_run_a_reader()
    {
        var rows = await Jobs.RowsAsync("""
            {"row.num": 10007, "split.num": 4, "split.read-interval": 0, "auto.increment.enabled": true, "auto.increment.start": 100,
             "schema": {"columns": [{"name": "id", "type": "bigint"}, {"name": "n", "type": "int"}], "primaryKey": {"name": "pk", "columnNames": ["id"]}}}
            """, readers: 3);
        rows.Select(row => (long)row.Row[0]!).Order().ShouldBe(Enumerable.Range(100, 3 * 10007).Select(i => (long)i));
        rows.Take(10007).Select(row => (long)row.Row[0]!).Order().Last().ShouldBe(100 + 10007 - 1);
    }

    [Fact]
    public async Task Keys_that_would_not_fit_their_type_are_refused() =>
        (await Should.ThrowAsync<ChunnelException>(async () => await Jobs.RowsAsync("""{"row.num": 200, "auto.increment.enabled": true, "schema": {"columns": [{"name": "id", "type": "tinyint"}], "primaryKey": {"name": "pk", "columnNames": ["id"]}}}""")))
            .Message.ShouldContain("The column 'id' counts up from 1 and has no number for row");

    [Fact]
    public async Task One_seed_makes_one_set_of_rows_and_another_makes_another()
    {
        var (first, again, other) = (await Rows(5), await Rows(5), await Rows(6));
        again.ShouldBe(first);
        other.ShouldNotBe(first);

        static async Task<List<string>> Rows(int seed) => [.. (await Jobs.RowsAsync($$"""{"seed": {{seed}}, "row.num": 100, {{IdAndName}} }""")).Select(row => row.ToString())];
    }

    [Fact]
    public async Task A_run_without_a_seed_tells_the_one_it_took()
    {
        var said = new List<string>();
        await using var source = await Jobs.FakeSource.CreateAsync(new SourceContext { Settings = TestSettings.Of($$"""{ {{IdAndName}} }"""), Say = said.Add }, Jobs.Stop);
        said.ShouldHaveSingleItem().ShouldContain($"set seed = {((FakeSource)source).Seed} to get");
    }

    [Theory]
    [InlineData("{\"kind\": \"INSERT\", \"fields\": [\"abc\", \"a\"]}", "ErrorCode:[COMMON-02], ErrorDescription:[Common JSON convert/parse '[\"abc\",\"a\"]' operation failed.] - Field $.id: For input string: \"abc\".")]
    [InlineData("{\"kind\": \"INSERT\", \"fields\": [2147483648, \"a\"]}", "For input string: \"2147483648\"")]
    [InlineData("{\"kind\": \"NOPE\", \"fields\": [1, \"a\"]}", "'NOPE' is no kind of row")]
    [InlineData("{\"kind\": \"+I\", \"fields\": [1, \"a\"]}", "Write INSERT.")]
    [InlineData("{\"fields\": [1, \"a\"]}", "has no kind")]
    [Trait("spec", "golden fake-rows-*")]
    public void Rows_that_do_not_fit_are_refused_with_their_place(string row, string text)
    {
        var mistake = Jobs.Mistake(Jobs.FakeSource, $$"""{ {{IdAndName}}, "rows": [{{row}}]}""").ShouldNotBeNull();
        mistake.Message.ShouldContain(text);
        mistake.Where.Line.ShouldBe(1);
    }

    [Fact]
    [Trait("spec", "golden fake-no-schema")]
    public void Without_a_schema_there_is_nothing_to_make() =>
        Jobs.Mistake(Jobs.FakeSource, """{"row.num": 1}""").ShouldNotBeNull().Message.ShouldContain("Schema config need option [schema], please correct your config first");

    [Fact]
    public async Task Between_two_splits_the_reader_pauses_without_blocking()
    {
        var clock = new FixedClock(DateTimeOffset.UnixEpoch);
        await using var source = await Jobs.SourceAsync($$"""{"row.num": 2, "split.num": 2, "split.read-interval": 500, {{IdAndName}} }""", clock: clock);
        var drive = new SourceDrive(source, 1, BatchMemory.Unlimited(), clock);
        await using var reader = await drive.OpenReaderAsync(0, (await drive.EnumerateAsync(Jobs.Stop))[0], Jobs.Stop);
        (await reader.ReadAsync(Jobs.Stop)).Batch!.Dispose();
        (await reader.ReadAsync(Jobs.Stop)).Wait.ShouldBe(TimeSpan.FromMilliseconds(500));
        clock.Advance(TimeSpan.FromMilliseconds(499));
        (await reader.ReadAsync(Jobs.Stop)).Wait.ShouldBe(TimeSpan.FromMilliseconds(1));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await reader.ReadAsync(Jobs.Stop)).Batch!.Dispose();
        (await reader.ReadAsync(Jobs.Stop)).Kind.ShouldBe(ReadResultKind.End);
    }

    [Fact]
    [Trait("promise", "0 B allocated per row")]
    public async Task In_the_steady_state_no_row_allocates()
    {
        await using var source = await Jobs.SourceAsync("""{"row.num": 4000000, "string.length": 12, "schema": {"fields": {"id": "bigint", "n": "int", "price": "double", "name": "string", "ts": "timestamp"}}}""");
        var drive = new SourceDrive(source, 1, BatchMemory.Unlimited());
        await using var reader = await drive.OpenReaderAsync(0, (await drive.EnumerateAsync(Jobs.Stop))[0], Jobs.Stop);
        for (var i = 0; i < 20; i++) (await reader.ReadAsync(Jobs.Stop)).Batch!.Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = 0L;
        for (var i = 0; i < 200; i++)
        {
            using var batch = (await reader.ReadAsync(Jobs.Stop)).Batch!;
            rows += batch.Rows;
        }
        // A batch is a handful of objects; its rows are none.
        ((GC.GetAllocatedBytesForCurrentThread() - before) / (double)rows).ShouldBeLessThan(0.5);
    }
}
