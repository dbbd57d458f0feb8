using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>What a person reads when a query or a value is wrong.</summary>
public class ErrorTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "golden");

    private static readonly TableSchema Orders = Query.Table(("id", DataType.BigInt), ("n", DataType.Int), ("price", DataType.Double), ("name", DataType.String));

    [Theory]
    [InlineData("quoted")]
    [InlineData("triple-quoted")]
    [InlineData("escapes")]
    [InlineData("json")]
    public async Task Mistakes_of_a_query_point_into_the_job_file(string name)
    {
        var file = $"sql-error-{name}{(name == "json" ? ".json" : ".conf")}";
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken);
        var job = JobLoader.Load(new JobText(text, JobFormats.OfFile(file)) { FileName = file });
        var plugin = new SqlPlugin();
        var wrong = await Should.ThrowAsync<ProblemsException>(async () => await plugin.CreateAsync(
            new TransformContext { Settings = job.Transforms[0].Options, Tables = [Orders] }, TestContext.Current.CancellationToken));
        var golden = Path.Combine(Folder, $"sql-error-{name}.txt");
        if (Environment.GetEnvironmentVariable("CHUNNEL_WRITE_GOLDEN") is { } write) await File.WriteAllTextAsync(Path.Combine(write, $"sql-error-{name}.txt"), wrong.Message + "\n", TestContext.Current.CancellationToken);
        else (wrong.Message + "\n").ShouldBe(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken));
    }

    [Fact] // transforms.md 11
    public void A_value_that_fails_names_the_expression_the_table_and_the_row()
    {
        var error = Should.Throw<ChunnelException>(() => Query.Run(Orders, "select id, 100 / n as x from t", new BoxedRow(1L, 5, 1.0, "a"), new BoxedRow(2L, 0, 1.0, "b")));
        error.Message.ShouldBe("ErrorCode:[COMMON-06], ErrorDescription:[Illegal argument] - / by zero: 100 / n in 'Sql', table 't', row 2."
            + " Correct the row, guard the expression with CASE, or leave such rows out with row_error_handle_way = SKIP.");
    }

    [Fact]
    public void The_row_is_named_by_its_place_in_the_table_also_after_a_filter_that_leaves_few()
    {
        using var transform = Query.Over(Orders, "select cast(name as int) as x from t where id = 190");
        var memory = new TestMemory();
        using var builder = new BatchBuilder(Orders, memory.Memory, 200);
        for (var row = 0; row < 200; row++)
        {
            builder.Fixed<long>(0)[row] = row;
            builder.Fixed<int>(1)[row] = 0;
            builder.Fixed<double>(2)[row] = 0;
            builder.Text(3).Append("x"u8);
        }
        var error = Should.Throw<ChunnelException>(() => transform.Apply(builder.Build(200, firstRow: 1000)));
        error.What.ShouldBe("For input string: \"x\" is no int: CAST(name AS int) in 'Sql', table 't', row 1191.");
        memory.MustBeBack();
    }

    [Fact] // transforms.md 10
    public async Task Rows_that_fail_may_be_left_out_and_are_told()
    {
        var settings = TestSettings.Of("""{ "query": "select 100 / n as x from t", "row_error_handle_way": "SKIP" }""");
        await using var transform = await new SqlPlugin().CreateAsync(new TransformContext { Settings = settings, Tables = [Orders] }, TestContext.Current.CancellationToken);
        var told = new List<SkippedRow>();
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited(), Skipped = told.Add }, TestContext.Current.CancellationToken);
        var output = new Collected();
        await transform.ApplyAsync(
            BoxedRows.ToBatch(Orders, [new(1L, 5, 1.0, "a"), new(2L, 0, 1.0, "b"), new(3L, 50, 1.0, "c")], BatchMemory.Unlimited()), output, TestContext.Current.CancellationToken);
        output.Rows.ShouldBe([new BoxedRow(20), new BoxedRow(2)]);
        told.ShouldBe([new SkippedRow("t", "row 2", "Sql: 100 / n: / by zero")]);
    }

    [Theory]
    [InlineData("select case when n <> 0 then 100 / n else -1 end as x from t")]
    [InlineData("select coalesce(case when n = 0 then -1 end, 100 / n) as x from t")]
    public void What_is_not_chosen_does_not_fail(string query) =>
        Query.Run(Orders, query, new BoxedRow(1L, 5, 1.0, "a"), new BoxedRow(2L, 0, 1.0, "b")).ShouldBe([new BoxedRow(20), new BoxedRow(-1)]);

    [Theory] // one for each kind of result
    [InlineData("case when n <> 0 then ln(n - 4) else 0.0 end", "0.0", "0.0")]
    [InlineData("case when n <> 0 then chr(n + 60) else chr(n + 65) || '!' end", "A", "A!")]
    [InlineData("case when n <> 0 then chr(n) else '-' end is null", "false", "false")]
    [InlineData("case when n <> 0 then regexp_like('a', name) else false end", "true", "false")]
    [InlineData("case when n <> 0 then dateadd(timestamp '2021-01-01 00:00:00', 1, 'DAY') else dateadd(timestamp '2021-01-01 00:00:00', id, 'YEAR') end", "2021-01-02T00:00", "2023-01-01T00:00")]
    [InlineData("case when n <> 0 then to_date('2021-01-0' || n, 'yyyy-MM-dd') else date '2022-02-02' end", "2021-01-05", "2022-02-02")]
    public void A_function_does_not_fail_where_it_is_not_chosen(string expression, string first, string second) =>
        Query.Run(Orders, $"select cast({expression} as string) as x from t", new BoxedRow(1L, 5, 1.0, "a"), new BoxedRow(2L, 0, 1.0, "(")).ShouldBe([new BoxedRow(first), new BoxedRow(second)]);

    [Fact]
    public void What_the_left_side_decides_does_not_fail_on_the_right() =>
        Query.Run(Orders, "select id from t where n <> 0 and 100 / n > 10", new BoxedRow(1L, 5, 1.0, "a"), new BoxedRow(2L, 0, 1.0, "b")).ShouldBe([new BoxedRow(1L)]);

    [Fact]
    public void Rows_that_the_filter_drops_do_not_fail() =>
        Query.Run(Orders, "select 100 / n as x from t where n > 0", new BoxedRow(1L, 5, 1.0, "a"), new BoxedRow(2L, 0, 1.0, "b"), new BoxedRow(3L, null, 1.0, "b")).ShouldBe([new BoxedRow(20)]);
}
