using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Fake.Tests.AssertSink;

/// <summary>Rules and texts as a real server had them (golden assert-*).</summary>
public sealed class AssertTests
{
    /// <summary>The six rows of the recorded jobs.</summary>
    private const string Recorded = """
        {"schema": {"fields": {"id": "bigint", "name": "string", "age": "int", "score": "double", "day": "date", "ts": "timestamp"}}, "rows": [
          {"kind": "INSERT", "fields": [1, "Joy Ding", 20, 1.5, "2024-01-31", "2024-01-31T10:15:30"]},
          {"kind": "INSERT", "fields": [2, "May|Lee|x|y", 30, -2.5, "2023-12-31", "2023-12-31T23:59:59"]},
          {"kind": "UPDATE_BEFORE", "fields": [2, "May|Lee|x|y", 30, -2.5, "2023-12-31", "2023-12-31T23:59:59"]},
          {"kind": "UPDATE_AFTER", "fields": [2, "May.Lee.Lee", 31, 0.0, "2023-12-31", "2024-01-01T00:00:00"]},
          {"kind": "DELETE", "fields": [1, "Joy Ding", 20, 1.5, "2024-01-31", "2024-01-31T10:15:30"]},
          {"kind": "INSERT", "fields": [3, null, null, null, null, null]}]}
        """;

    private const string FirstRow = "row :SeaTunnelRow{tableId=fake, kind=+I, fields=[1, Joy Ding, 20, 1.5, 2024-01-31, 2024-01-31T10:15:30]}";
    private const string SecondRow = "row :SeaTunnelRow{tableId=fake, kind=+I, fields=[2, May|Lee|x|y, 30, -2.5, 2023-12-31, 2023-12-31T23:59:59]}";
    private const string NullRow = "row :SeaTunnelRow{tableId=fake, kind=+I, fields=[3, null, null, null, null, null]}";

    [Theory]
    [Trait("spec", "connectors.md 52, 53, 55, 57; golden assert-fail-*")]
    [InlineData("""{"field_rules": [{"field_name": "name", "field_type": "string", "field_value": [{"equals_to": "Joy Ding"}]}]}""", SecondRow + " fail rule: AssertFieldRule(fieldName=name, fieldType=STRING, fieldRules=[AssertFieldRule.AssertRule(ruleType=null, ruleValue=null, equalTo=Joy Ding)])")]
    [InlineData("""{"field_rules": [{"field_name": "name", "field_type": "string", "field_value": [{"rule_type": "MAX_LENGTH", "rule_value": 8}]}]}""", SecondRow + " fail rule: AssertFieldRule(fieldName=name, fieldType=STRING, fieldRules=[AssertFieldRule.AssertRule(ruleType=MAX_LENGTH, ruleValue=8.0, equalTo=null)])")]
    [InlineData("""{"field_rules": [{"field_name": "id", "field_type": "bigint", "field_value": [{"rule_type": "MAX", "rule_value": 2}]}]}""", NullRow + " fail rule: AssertFieldRule(fieldName=id, fieldType=BIGINT, fieldRules=[AssertFieldRule.AssertRule(ruleType=MAX, ruleValue=2.0, equalTo=null)])")]
    [InlineData("""{"field_rules": [{"field_name": "id", "field_type": "bigint", "field_value": [{"rule_type": "MIN", "rule_value": 2}]}]}""", FirstRow + " fail rule: AssertFieldRule(fieldName=id, fieldType=BIGINT, fieldRules=[AssertFieldRule.AssertRule(ruleType=MIN, ruleValue=2.0, equalTo=null)])")]
    [InlineData("""{"field_rules": [{"field_name": "name", "field_type": "string", "field_value": [{"rule_type": "MIN_LENGTH", "rule_value": 9}]}]}""", FirstRow + " fail rule: AssertFieldRule(fieldName=name, fieldType=STRING, fieldRules=[AssertFieldRule.AssertRule(ruleType=MIN_LENGTH, ruleValue=9.0, equalTo=null)])")]
    [InlineData("""{"field_rules": [{"field_name": "name", "field_type": "string", "field_value": [{"rule_type": "NOT_NULL"}]}]}""", NullRow + " fail rule: AssertFieldRule(fieldName=name, fieldType=STRING, fieldRules=[AssertFieldRule.AssertRule(ruleType=NOT_NULL, ruleValue=null, equalTo=null)])")]
    [InlineData("""{"field_rules": [{"field_name": "name", "field_type": "string", "field_value": [{"rule_type": "NULL"}]}]}""", FirstRow + " fail rule: AssertFieldRule(fieldName=name, fieldType=STRING, fieldRules=[AssertFieldRule.AssertRule(ruleType=NULL, ruleValue=null, equalTo=null)])")]
    [InlineData("""{"field_rules": [{"field_name": "id", "field_type": "int", "field_value": [{"rule_type": "NOT_NULL"}]}]}""", FirstRow + " fail rule: AssertFieldRule(fieldName=id, fieldType=INT, fieldRules=[AssertFieldRule.AssertRule(ruleType=NOT_NULL, ruleValue=null, equalTo=null)])")]
    [InlineData("""{"row_rules": [{"rule_type": "MAX_ROW", "rule_value": 5}]}""", "row num :6 fail rule: AssertFieldRule.AssertRule(ruleType=MAX_ROW, ruleValue=5.0, equalTo=null)")]
    [InlineData("""{"row_rules": [{"rule_type": "MIN_ROW", "rule_value": 7}]}""", "row num :6 fail rule: AssertFieldRule.AssertRule(ruleType=MIN_ROW, ruleValue=7.0, equalTo=null)")]
    [InlineData("""{"table-names": ["other"]}""", "table names: [fake] is not equal to [other]")]
    public async Task A_broken_rule_fails_with_the_row_and_the_rule(string rules, string text) =>
        (await Should.ThrowAsync<ChunnelException>(RunAsync(Recorded, rules))).Message.ShouldContain("ErrorCode:[ASSERT-01], ErrorDescription:[Rule validate failed] - " + text);

    [Theory]
    [Trait("spec", "connectors.md 52, 57; golden assert-pass-*")]
    [InlineData("""{"row_rules": [{"rule_type": "MIN_ROW", "rule_value": 6}, {"rule_type": "MAX_ROW", "rule_value": 6}]}""")]
    [InlineData("""{"field_rules": [{"field_name": "id", "field_type": "bigint", "field_value": [{"rule_type": "NOT_NULL"}, {"rule_type": "MIN", "rule_value": 1}, {"rule_type": "MAX", "rule_value": 3}]}]}""")]
    [InlineData("""{"table-names": ["fake"]}""")]
    [InlineData("""{"catalog_table_rule": {"column_rule": [{"name": "id", "type": "bigint", "nullable": true}, {"name": "name", "type": "string"}, {"name": "age", "type": "int"}, {"name": "score", "type": "double"}, {"name": "day", "type": "date"}, {"name": "ts", "type": "timestamp"}]}}""")]
    public async Task Rules_that_hold_let_the_job_end(string rules) => await RunAsync(Recorded, rules);

    [Fact]
    [Trait("spec", "golden assert-fail-nofield")]
    public async Task A_rule_for_a_column_that_is_not_there_names_those_that_are() =>
        (await Should.ThrowAsync<ChunnelException>(RunAsync(Recorded, """{"field_rules": [{"field_name": "agee", "field_type": "int", "field_value": [{"rule_type": "NOT_NULL"}]}]}""")))
            .Message.ShouldContain("has no column 'agee', which a rule names. Did you mean 'age'?");

    [Theory]
    [Trait("spec", "connectors.md 58; golden assert-no-rules, assert-bad-ruletype")]
    [InlineData("{}", "Assert rule config is empty, please add rule config.")]
    [InlineData("""{"field_rules": [{"field_name": "id", "field_type": "bigint", "field_value": [{"rule_type": "NOSUCH"}]}]}""", "'NOSUCH' is no rule_type of 'field_value'.")]
    [InlineData("""{"row_rules": [{"rule_type": "MIN_ROW"}]}""", "The rule MIN_ROW has no rule_value.")]
    [InlineData("""{"field_rules": [{"field_type": "int"}]}""", "A rule in 'field_rules' has no field_name.")]
    [InlineData("""{"field_rules": [{"field_name": "a", "field_type": "varchar2"}]}""", "COMMON-07")]
    public void Rules_that_are_none_are_refused_before_the_job_starts(string rules, string text) =>
        Jobs.Mistake(Jobs.Assert, $$"""{"rules": {{rules}} }""").ShouldNotBeNull().Message.ShouldContain(text);

    [Fact]
    public void Without_rules_the_option_is_asked_for() =>
        Jobs.Mistake(Jobs.Assert, "{}").ShouldNotBeNull().Message.ShouldContain("There are unconfigured options, the options('rules') are required.");

    [Theory]
    [Trait("spec", "connectors.md 54")]
    [InlineData("decimal(10, 3)", "\"12.300\"", "12.3", "12.301")]
    [InlineData("decimal(38, 0)", "\"12345678901234567890123456789012345678\"", "\"12345678901234567890123456789012345678\"", "\"12345678901234567890123456789012345679\"")]
    [InlineData("timestamp", "\"2024-01-31T10:15:30.123\"", "\"2024-01-31 10:15:30.123\"", "\"2024-01-31 10:15:30\"")]
    [InlineData("timestamp_tz", "\"2024-01-31T10:15:30+08:00\"", "\"2024-01-31T02:15:30Z\"", "\"2024-01-31T10:15:30Z\"")]
    [InlineData("date", "\"2024-01-31\"", "\"2024-01-31\"", "\"2024-02-01\"")]
    [InlineData("time", "\"10:15:30\"", "\"10:15:30\"", "\"10:15\"")]
    [InlineData("array<string>", "[\"a\", \"b\"]", "[\"a\", \"b\"]", "[\"a\"]")]
    [InlineData("array<int>", "[1, 2]", "[1, 2]", "[2, 1]")]
    [InlineData("map<string, int>", "{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}", "{\"a\": 1, \"b\": 3}")]
    [InlineData("{a = int, b = string}", "[1, \"x\"]", "{\"a\": 1, \"b\": \"x\"}", "[1, \"y\"]")]
    [InlineData("bytes", "\"AQI=\"", "\"AQI=\"", "\"AQM=\"")]
    [InlineData("boolean", "true", "true", "false")]
    [InlineData("tinyint", "5", "5", "6")]
    [InlineData("float", "1.5", "1.5", "1.25")]
    [InlineData("float_vector", "[1.5, 2]", "[1.5, 2]", "[1.5, 3]")]
    public async Task Values_of_every_type_are_compared(string type, string value, string same, string other)
    {
        var source = $$"""{"schema": {"fields": {"a": "{{type}}"} }, "rows": [{"kind": "INSERT", "fields": [{{value}}]}, {"kind": "INSERT", "fields": [{{value}}]}]}""";
        string Rules(string expected) => $$"""{"field_rules": [{"field_name": "a", "field_type": "{{type}}", "field_value": [{"equals_to": {{expected}} }]}]}""";
        await RunAsync(source, Rules(same));
        (await Should.ThrowAsync<ChunnelException>(RunAsync(source, Rules(other)))).Message.ShouldContain("ASSERT-01");
    }

    [Fact]
    [Trait("spec", "connectors.md 5")]
    public async Task Nulls_keep_the_type_null_only()
    {
        const string source = """{"schema": {"fields": {"a": "string"}}, "rows": [{"kind": "INSERT", "fields": [null]}]}""";
        await RunAsync(source, """{"field_rules": [{"field_name": "a", "field_type": "null", "field_value": [{"rule_type": "NULL"}]}]}""");
        (await Should.ThrowAsync<ChunnelException>(RunAsync(source, """{"field_rules": [{"field_name": "a", "field_type": "string", "field_value": [{"rule_type": "NULL"}]}]}"""))).Message.ShouldContain("fail rule");
    }

    [Theory]
    [Trait("spec", "connectors.md 56")]
    [InlineData("""{"primary_key_rule": {"primary_key_name": "pk", "primary_key_columns": ["id"]}}""", null)]
    [InlineData("""{"primary_key_rule": {"primary_key_name": "key", "primary_key_columns": ["id"]}}""", "primaryKey name: pk is not equal to key")]
    [InlineData("""{"primary_key_rule": {"primary_key_name": "pk", "primary_key_columns": ["id", "name"]}}""", "primaryKey columns: [id] is not equal to [id, name]")]
    [InlineData("""{"constraint_key_rule": [{"constraint_key_name": "uk", "constraint_key_type": "UNIQUE_KEY", "constraint_key_columns": [{"constraint_key_column_name": "name", "constraint_key_sort_type": "ASC"}]}]}""", null)]
    [InlineData("""{"constraint_key_rule": [{"constraint_key_name": "uk", "constraint_key_type": "INDEX_KEY", "constraint_key_columns": [{"constraint_key_column_name": "name", "constraint_key_sort_type": "ASC"}]}]}""", "constraintKeys: [uk UNIQUE_KEY(name ASC)] is not equal to [uk INDEX_KEY(name ASC)]")]
    [InlineData("""{"column_rule": [{"name": "id", "type": "bigint", "nullable": false, "comment": "the id"}, {"name": "name", "type": "string", "default_value": "dv", "column_length": 9}]}""", null)]
    [InlineData("""{"column_rule": [{"name": "id", "type": "bigint", "nullable": true}, {"name": "name", "type": "string"}]}""", "nullable of column 1 differs")]
    [InlineData("""{"column_rule": [{"name": "id", "type": "bigint"}]}""", "columns: [{name=id, type=BIGINT,")]
    [InlineData("""{"table_identifier_rule": {"catalog_name": "schema", "table": "db1.public.users"}}""", null)]
    [InlineData("""{"table_identifier_rule": {"table": "db1.users"}}""", "tableIdentifier table: db1.public.users is not equal to db1.users")]
    public async Task The_table_is_compared_before_any_row(string rule, string? text)
    {
        const string source = """
            {"row.num": 2, "schema": {"table": "db1.public.users",
              "columns": [{"name": "id", "type": "bigint", "nullable": false, "comment": "the id"}, {"name": "name", "type": "string", "defaultValue": "dv", "columnLength": 9}],
              "primaryKey": {"name": "pk", "columnNames": ["id"]},
              "constraintKeys": [{"constraintName": "uk", "constraintType": "UNIQUE_KEY", "constraintColumns": [{"columnName": "name", "sortType": "ASC"}]}]}}
            """;
        var run = RunAsync(source, $$"""{"catalog_table_rule": {{rule}} }""");
        if (text is null) await run;
        else (await Should.ThrowAsync<ChunnelException>(run)).Message.ShouldMatch("^ErrorCode:\\[ASSERT-03\\], ErrorDescription:\\[Catalog table failed\\] - .*" + System.Text.RegularExpressions.Regex.Escape(text));
    }

    [Theory]
    [Trait("spec", "connectors.md 5, 52, 57")]
    [InlineData(3, 4, "[\"t1\", \"t2\"]", null)]
    [InlineData(3, 3, "[\"t1\", \"t2\"]", "row num :4 fail rule")]
    [InlineData(3, 4, "[\"t1\"]", "table names: [t1, t2] is not equal to [t1]")]
    [InlineData(3, 4, "[\"t1\", \"t2\", \"t3\"]", "is not equal to [t1, t2, t3]")]
    public async Task Tables_have_rules_of_their_own(int first, int second, string names, string? text)
    {
        const string source = """{"tables_configs": [{"row.num": 3, "schema": {"table": "t1", "fields": {"a": "int"}}}, {"row.num": 4, "schema": {"table": "t2", "fields": {"b": "string"}}}]}""";
        var run = RunAsync(source, $$"""
            {"table-names": {{names}}, "tables_configs": [
              {"table_path": "t1", "row_rules": [{"rule_type": "MIN_ROW", "rule_value": {{first}} }, {"rule_type": "MAX_ROW", "rule_value": {{first}} }]},
              {"table_path": "t2", "row_rules": [{"rule_type": "MAX_ROW", "rule_value": {{second}} }], "field_rules": [{"field_name": "b", "field_type": "string", "field_value": [{"rule_type": "NOT_NULL"}]}]}]}
            """);
        if (text is null) await run;
        else (await Should.ThrowAsync<ChunnelException>(run)).Message.ShouldContain(text);
    }

    [Fact]
    [Trait("spec", "connectors.md 52")]
    public async Task Rows_of_all_writers_count_together() =>
        await RunAsync("""{"row.num": 5, "schema": {"fields": {"a": "int"}}}""", """{"row_rules": [{"rule_type": "MIN_ROW", "rule_value": 15}, {"rule_type": "MAX_ROW", "rule_value": 15}]}""", readers: 3);

    [Fact]
    public async Task Rows_of_an_attempt_that_failed_do_not_count()
    {
        var table = new TableSchema(TablePath.Default, [new ColumnDef("a", DataType.Int)]);
        await using var sink = await Jobs.Assert.CreateAsync(new SinkContext { Settings = TestSettings.Of("""{"rules": {"row_rules": [{"rule_type": "MAX_ROW", "rule_value": 2}]}}"""), Table = table }, Jobs.Stop);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await using var writer = sink.CreateWriter(new WriterContext { Subtask = 0, Parallelism = 1, Memory = BatchMemory.Unlimited() }, []);
            await writer.WriteAsync(BoxedRows.ToBatch(table, [new BoxedRow(1), new BoxedRow(2)], BatchMemory.Unlimited()), Jobs.Stop);
            if (attempt == 2) await writer.EndOfInputAsync(Jobs.Stop);
        }
    }

    /// <summary>Runs FakeSource into Assert, a sink for each table and a writer for each reader, to the end of the input.</summary>
    private static async Task RunAsync(string source, string rules, int readers = 1)
    {
        await using var from = await Jobs.SourceAsync(source);
        var settings = TestSettings.Of($$"""{"rules": {{rules}} }""");
        var memory = new TestMemory();
        var drive = new SourceDrive(from, readers, memory.Memory);
        var splits = await drive.EnumerateAsync(Jobs.Stop);
        var sinks = new Dictionary<string, ISink>();
        try
        {
            foreach (var table in from.Tables)
            {
                sinks[table.TableId] = await Jobs.Assert.CreateAsync(new SinkContext { Settings = settings, Table = table, TablesOfBlock = [.. from.Tables.Select(each => each.TableId)] }, Jobs.Stop);
            }
            for (var subtask = 0; subtask < readers; subtask++)
            {
                var writers = sinks.ToDictionary(pair => pair.Key, pair => pair.Value.CreateWriter(new WriterContext { Subtask = subtask, Parallelism = readers, Memory = memory.Memory }, []));
                await using var reader = await drive.OpenReaderAsync(subtask, splits[subtask], Jobs.Stop);
                try
                {
                    while (await drive.NextAsync(reader, Jobs.Stop) is { } batch) await writers[batch.Schema.TableId].WriteAsync(batch, Jobs.Stop);
                    foreach (var writer in writers.Values) await writer.EndOfInputAsync(Jobs.Stop);
                }
                finally
                {
                    foreach (var writer in writers.Values) await writer.DisposeAsync();
                }
            }
        }
        finally
        {
            foreach (var sink in sinks.Values) await sink.DisposeAsync();
        }
        memory.MustBeBack();
    }
}

/// <summary>Assert shows nothing; what it lets through counts as written.</summary>
public sealed class AssertKeepsTheContract : SinkContract
{
    protected override SinkPlugin Plugin => Jobs.Assert;

    protected override SettingsObject Settings { get; } = TestSettings.Of("""{"rules": {"field_rules": [{"field_name": "id"}], "row_rules": [{"rule_type": "MAX_ROW", "rule_value": 100000}]}}""");

    protected override ValueTask<IReadOnlyList<string>> VisibleAsync() => new([]);

    // An assertion leaves no trace: the suite proves holds, stops and repeats, AssertTests prove what is checked.
    protected override bool LeavesRows => false;

    protected override string Show(BoxedRow row) => throw new NotSupportedException("Assert keeps no rows.");
}
