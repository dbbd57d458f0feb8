using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.JsonPath;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>Rows that a transform refuses leave the rest of their batch alone (docs/dead-letters.md; transforms.md 1.4).</summary>
public sealed class RefusedRowsTests
{
    private static readonly TableSchema _orders = new(TablePath.Parse("t"), [new ColumnDef("id", DataType.BigInt), new ColumnDef("n", DataType.Int), new ColumnDef("s", DataType.String)]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>In the filter, in the list, in both, behind a filter that leaves few, and where the failing expression is not chosen.</summary>
    [Theory]
    [InlineData("select id, 100 / n as x from t", "0,3,6,9")]
    [InlineData("select id, 100 / n as x from t where id > 4", "6,9")]
    [InlineData("select id from t where 100 / n > 0", "0,3,6,9")]
    [InlineData("select id, cast(s as int) as x from t where 100 / n > 0", "0,3,6,9,4,8")]
    [InlineData("select id, cast(s as int) as x, 100 / n as y from t where id in (3, 4)", "3,4")]
    [InlineData("select id, case when n <> 0 then 100 / n else 0 end as x from t", "")]
    [InlineData("select id, 100 / n as x, 200 / n as y from t", "0,3,6,9")]
    public async Task Sql_refuses_exactly_the_rows_that_fail(string query, string refused)
    {
        BoxedRow[] rows = [.. Enumerable.Range(0, 12).Select(id => new BoxedRow((long)id, id % 3 == 0 ? 0 : id, id % 4 == 0 ? "no" : "7"))];
        rows[0] = new BoxedRow(0L, 0, "7");
        string[] expected = refused.Length == 0 ? [] : refused.Split(',');
        var settings = $$"""{ "query": "{{query}}" }""";
        var (passed, refusals) = await ApplyAsync(new SqlPlugin(), settings, rows);
        refusals.Ids.Select(id => $"{id}").ShouldBe(expected);
        refusals.Rows.ShouldAllBe(one => rows.Contains(one.Row));
        // What is left is what comes of the other rows alone.
        var (alone, none) = await ApplyAsync(new SqlPlugin(), settings, [.. rows.Where(row => !expected.Contains($"{row[0]}"))]);
        passed.ShouldBe(alone);
        none.Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_error_is_the_one_that_would_end_the_job()
    {
        var (_, refusals) = await ApplyAsync(new SqlPlugin(), """{ "query": "select id, 100 / n as x from t" }""", [new(1L, 5, ""), new(2L, 0, "")]);
        refusals.Rows.ShouldHaveSingleItem().Error.Message.ShouldBe("ErrorCode:[COMMON-06], ErrorDescription:[Illegal argument] - / by zero: 100 / n in 'Sql', table 't', row 2."
            + " Correct the row, guard the expression with CASE, or leave such rows out with row_error_handle_way = SKIP.");
    }

    /// <summary>One row that fails in two columns is refused once; what SeaTunnel's options skip is not refused.</summary>
    [Theory]
    [InlineData("", "", "2", "1")]
    [InlineData("""{ "column_error_handle_way": "SKIP", """, "", "", "1,2")]
    [InlineData("""{ "column_error_handle_way": "SKIP_ROW", """, "", "", "1")]
    [InlineData("", """, "row_error_handle_way": "SKIP" """, "", "1")]
    public async Task What_is_skipped_is_not_refused(string column, string row, string refused, string left)
    {
        var begin = column.Length == 0 ? "{ " : column;
        var settings = $$"""{ "columns": [ {{begin}}"src_field": "s", "path": "$.a", "dest_field": "a" }, {{begin}}"src_field": "s", "path": "$.b", "dest_field": "b" } ]{{row}} }""";
        var (passed, refusals) = await ApplyAsync(new JsonPathPlugin(), settings, [new(1L, 0, """{"a":1,"b":2}"""), new(2L, 0, "{}")]);
        string.Join(',', refusals.Ids).ShouldBe(refused);
        string.Join(',', passed.Select(one => one[0])).ShouldBe(left);
    }

    private static async Task<(IReadOnlyList<BoxedRow> Passed, RecordedRefusals Refusals)> ApplyAsync(TransformPlugin plugin, string settings, IReadOnlyList<BoxedRow> rows)
    {
        var memory = new TestMemory();
        var refusals = new RecordedRefusals();
        var output = new Collected();
        await using (var transform = await Transforming.MakeAsync(plugin, settings, _orders))
        {
            await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = memory.Memory, Refusals = refusals }, Stop);
            await transform.ApplyAsync(BoxedRows.ToBatch(_orders, rows, memory.Memory), output, Stop);
        }
        memory.MustBeBack();
        return (output.Rows, refusals);
    }

    private sealed class Collected : ITransformOutput
    {
        public List<BoxedRow> Rows { get; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch) Rows.AddRange(BoxedRows.Of(batch));
            return ValueTask.CompletedTask;
        }
    }
}
