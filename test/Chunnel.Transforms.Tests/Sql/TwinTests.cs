using Chunnel.Core;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Tables;
using CsCheck;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>The engine over columns gives what its plain twin gives row by row, whatever the expressions, nulls, selections and failures.</summary>
public class TwinTests
{
    private static readonly string[] Names = ["i", "j", "l", "d", "s", "u", "b", "e"];

    private static readonly TableSchema Table = Query.Table(
        ("i", DataType.Int), ("j", DataType.Int), ("l", DataType.BigInt), ("d", DataType.Double), ("s", DataType.String), ("u", DataType.String), ("b", DataType.Boolean), ("e", DataType.Date));

    /// <summary>Queries to compare: some at a desk, 100,000 with CI set, as build servers do.</summary>
    private static readonly int Queries = Environment.GetEnvironmentVariable("CI") is null ? 2000 : 100_000;

    [Fact]
    public void Random_queries_over_random_rows() => Gen.Int[0, int.MaxValue].Sample(Compare, iter: Queries);

    /// <summary>Seeds that once found a difference.</summary>
    [Theory]
    [InlineData(681915741)] // an argument of REPLACE fails while another is null
    public void Queries_that_once_differed(int seed) => Compare(seed);

    private static void Compare(int seed)
    {
        var dice = new Random(seed);
        var random = new RandomExpressions(dice);
        var query = $"select i, {random.Number(dice.Next(4))} as n, {random.Text(dice.Next(4))} as t, {random.Condition(dice.Next(4))} as c, {random.Day(dice.Next(4))} as f from t"
            + (dice.Next(3) == 0 ? "" : $" where {random.Condition(dice.Next(4))}");
        var rows = Enumerable.Range(0, dice.Next(1, dice.Next(8) == 0 ? 200 : 20)).Select(_ => new BoxedRow(Names.Select(random.Value).ToArray())).ToArray();
        var counts = dice.Next(2) == 0 ? null : rows.Select(_ => dice.Next(3) > 0).ToArray();

        var expected = Plain(query, rows, counts);
        var actual = Columnar(query, rows, counts);
        for (var row = 0; row < Math.Min(actual.Count, expected.Count); row++) actual[row].ToString().ShouldBe(expected[row].ToString(), $"row {row} of seed {seed}: {query}");
        actual.Count.ShouldBe(expected.Count, $"rows of seed {seed}: {query}");
    }

    private static List<BoxedRow> Plain(string query, BoxedRow[] rows, bool[]? counts)
    {
        var select = SqlParser.Parse(new QueryText(query, TextPosition.Nowhere), new SqlProblems(new QueryText(query, TextPosition.Nowhere)))!;
        var types = Query.Over(Table, query);
        var result = new List<BoxedRow>();
        for (var i = 0; i < rows.Length; i++)
        {
            if (counts is not null && !counts[i]) continue;
            var interpreter = new PlainInterpreter(Names.Select((name, column) => (name, value: rows[i][column])).ToDictionary(pair => pair.name, pair => pair.value));
            try
            {
                if (select.Where is not null && interpreter.Of(select.Where) is not true) continue;
                result.Add(new BoxedRow(select.Items.Select((item, column) => As(interpreter.Of(item.Expression!), types.Output.Columns[column].Type)).ToArray()));
            }
            catch (PlainInterpreter.RowFails)
            {
                // Left out, as row_error_handle_way = SKIP does.
            }
        }
        types.Dispose();
        return result;
    }

    /// <summary>CASE and COALESCE widen their values; the twin has no types.</summary>
    private static object? As(object? value, DataType type) => (value, type.Kind) switch
    {
        (int number, TypeKind.BigInt) => (long)number,
        (int number, TypeKind.Double) => (double)number,
        (long number, TypeKind.Double) => (double)number,
        _ => value,
    };

    private static IReadOnlyList<BoxedRow> Columnar(string query, BoxedRow[] rows, bool[]? counts)
    {
        var memory = new TestMemory();
        IReadOnlyList<BoxedRow> result;
        using (var transform = Query.Over(Table, query, RowErrorWay.Skip))
        {
            using var output = transform.Apply(Selected(BoxedRows.ToBatch(Table, rows, memory.Memory), counts, memory.Memory));
            result = output is null ? [] : BoxedRows.Of(output);
        }
        memory.MustBeBack();
        return result;
    }

    private static ColumnBatch Selected(ColumnBatch batch, bool[]? counts, BatchMemory memory)
    {
        if (counts is null) return batch;
        using (batch)
        {
            var kept = Enumerable.Range(0, batch.Rows).Where(row => counts[row]).ToArray();
            var selection = ColumnBuffer.Rent<ushort>(memory, kept.Length);
            for (var i = 0; i < kept.Length; i++) selection.As<ushort>()[i] = (ushort)kept[i];
            return batch.WithSelection(selection, kept.Length);
        }
    }
}
