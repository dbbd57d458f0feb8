using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Tests.Sql.Functions;

/// <summary>A plug-in's function that throws refuses the rows that it throws on, as a cast does that fails (transforms.md 6.6, docs/dead-letters.md).</summary>
public sealed class ThrowingFunctionTests
{
    private static readonly TableSchema Table = Query.Table(("id", DataType.Int), ("s", DataType.String));

    /// <summary>Alone, among built-in errors, in and behind filters that leave many or few rows, and where CASE does not ask for it.</summary>
    [Theory]
    [InlineData("select id, strict(s) as x from t", "2,5,11")]
    [InlineData("select id, strict(strict(s)) as x from t", "2,5,11")]
    [InlineData("select id, strict(s) as x, 100 / (id - 4) as y from t", "2,4,5,11")]
    [InlineData("select id from t where strict(s) > 3", "2,5,11")]
    [InlineData("select id, strict(s) as x from t where id <> 5", "2,11")]
    [InlineData("select id, strict(s) as x from t where id in (5, 7)", "5")]
    [InlineData("select id, case when id = 5 or id = 11 then 0 else strict(s) end as x from t", "2")]
    [InlineData("select id, case when id < 2 then strict(s) else 0 end as x from t", "")]
    [InlineData("select id, case when id > 99 then strict(s) else 0 end as x from t", "")]
    [InlineData("select id, strict('bad') as x from t where id in (5, 7)", "5,7")]
    public void Exactly_the_rows_that_it_throws_on_are_refused(string query, string refused)
    {
        BoxedRow[] rows = [.. Enumerable.Range(0, 12).Select(id => new BoxedRow(id, id is 2 or 5 or 11 ? "bad" : id == 8 ? null : $"{id}"))];
        string[] expected = refused.Length == 0 ? [] : refused.Split(',');
        var (passed, refusals) = Run(query, new Strict(), rows);
        refusals.Ids.Select(id => $"{id}").ShouldBe(expected);
        refusals.Rows.ShouldAllBe(one => rows.Contains(one.Row));
        var (alone, none) = Run(query, new Strict(), [.. rows.Where(row => !expected.Contains($"{row[0]}"))]);
        passed.ShouldBe(alone);
        none.Rows.ShouldBeEmpty();
    }

    [Fact]
    public void The_error_says_what_was_thrown_where_and_in_which_row()
    {
        var (_, refusals) = Run("select id, strict(s) as x from t", new Strict(), [new(1, "7"), new(2, "bad")]);
        var error = refusals.Rows.ShouldHaveSingleItem().Error;
        error.Code.ShouldBe(CommonErrors.UnsupportedOperation);
        error.What.ShouldBe("The function STRICT of a plug-in failed: FormatException: bad is no number: strict(s) in 'Sql', table 't', row 2.");
        error.Mend.ShouldBe("Ask the plug-in's author.");
        error.InnerException.ShouldNotBeNull();
    }

    [Fact]
    public void An_error_of_its_own_keeps_its_code_and_its_cure()
    {
        var own = new ErrorCode("STRICT-1", "Not strict enough");
        var (_, refusals) = Run("select id, strict(s) as x from t", new Strict { Throws = text => new ChunnelException(own, $"{text} will not do") { Mend = "Try harder." } }, [new(1, "7"), new(2, "bad")]);
        var error = refusals.Rows.ShouldHaveSingleItem().Error;
        (error.Code, error.What, error.Mend).ShouldBe((own, "bad will not do: strict(s) in 'Sql', table 't', row 2.", "Try harder."));
    }

    /// <summary>The end of the job, a system that may be better in a moment, and faults of the engine are no row's.</summary>
    [Fact]
    public void What_is_not_a_rows_ends_the_job()
    {
        Exception[] others = [new OperationCanceledException(), new BrokenBeliefException("so"), new InsufficientMemoryException(), new ChunnelException(CommonErrors.OutOfMemoryBudget, "full")];
        foreach (var other in others)
        {
            var thrown = Should.Throw<Exception>(() => Run("select id, strict(s) as x from t", new Strict { Throws = _ => other }, [new(1, "bad")]));
            thrown.ShouldBeSameAs(other);
        }
    }

    [Fact]
    public void One_that_fails_for_rows_together_and_for_none_alone_ends_the_job() =>
        Should.Throw<ChunnelException>(() => Run("select id, strict(s) as x from t", new Strict { MostRows = 2 }, [new(1, "1"), new(2, "2"), new(3, "3")]))
            .What.ShouldBe("The function STRICT of a plug-in failed: InvalidOperationException: too many rows");

    [Fact]
    public void Without_refusals_the_first_row_ends_the_job_and_SKIP_leaves_it_out()
    {
        BoxedRow[] rows = [new(1, "7"), new(2, "bad"), new(3, "8")];
        Should.Throw<ChunnelException>(() => Query.Run(Table, "select strict(s) as x from t", Set(new Strict()), rows)).What
            .ShouldBe("The function STRICT of a plug-in failed: FormatException: bad is no number: strict(s) in 'Sql', table 't', row 2.");
        var skipped = new List<SkippedRow>();
        using var transform = Query.Over(Table, "select strict(s) as x from t", RowErrorWay.Skip, Set(new Strict()));
        transform.Open(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited(), Skipped = skipped.Add });
        using var passed = transform.Apply(BoxedRows.ToBatch(Table, rows, BatchMemory.Unlimited()));
        BoxedRows.Of(passed!).ShouldBe([new BoxedRow(7), new BoxedRow(8)]);
        skipped.ShouldHaveSingleItem().Place.ShouldBe("row 2");
    }

    /// <summary>Any rows may be bad: those and no others are refused, and it is not called for each row.</summary>
    [Fact]
    public void Random_batches()
    {
        const int seed = 20261130;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var share = random.NextDouble() * random.NextDouble();
            BoxedRow[] rows = [.. Enumerable.Range(0, random.Next(1, 300)).Select(id => new BoxedRow(id, random.NextDouble() < share ? "bad" : $"{id}"))];
            int[] bad = [.. rows.Where(row => row[1] is "bad").Select(row => (int)row[0]!)];
            var function = new Strict();
            var (passed, refusals) = Run("select id, strict(s) as x from t", function, rows);
            refusals.Ids.ShouldBe(bad.Cast<object?>(), $"seed {seed}, round {round}");
            passed.ShouldBe([.. rows.Where(row => row[1] is not "bad").Select(row => new BoxedRow(row[0], row[0]))], $"seed {seed}, round {round}");
            function.Calls.ShouldBeLessThanOrEqualTo(2 + bad.Length * 2 * 9, $"seed {seed}, round {round}");
        }
    }

    private static (IReadOnlyList<BoxedRow> Passed, RecordedRefusals Refusals) Run(string query, Strict function, BoxedRow[] rows)
    {
        var memory = BatchMemory.Unlimited();
        var refusals = new RecordedRefusals();
        IReadOnlyList<BoxedRow> passed;
        using (var transform = Query.Over(Table, query, functions: Set(function)))
        {
            transform.Open(new TransformRuntime { Subtask = 0, Memory = memory, Refusals = refusals });
            using var output = transform.Apply(BoxedRows.ToBatch(Table, rows, memory));
            passed = output is null ? [] : BoxedRows.Of(output);
        }
        memory.Budget.InUseBytes.ShouldBe(0, "every block is given back");
        return (passed, refusals);
    }

    private static SqlFunctionSet Set(Strict function) => new([new SqlFunctionEntry(function.Name, () => function)]);

    /// <summary>Reads numbers, of strings and of numbers, and throws where there is none. It asks nobody which rows count.</summary>
    private sealed class Strict : ISqlFunction
    {
        public Func<string, Exception> Throws { get; init; } = text => new FormatException($"{text} is no number");

        public int MostRows { get; init; } = int.MaxValue;

        public int Calls { get; private set; }

        public string Name => "STRICT";

        public string Signature => "STRICT(text) -> INT";

        public DataType? ResultType(IReadOnlyList<DataType> arguments) => arguments.Count == 1 ? DataType.Int : null;

        public Column Evaluate(SqlFunctionInput input)
        {
            Calls++;
            if (input.Rows > MostRows) throw new InvalidOperationException("too many rows");
            using var builder = new FixedBuilder<int>(DataType.Int, input.Memory, input.Rows);
            for (var row = 0; row < input.Rows; row++)
            {
                if (input.Arguments[0].IsNull(row)) builder.AppendNullAt(row);
                else builder.Values[row] = input.Arguments[0] is TextColumn texts ? Read(System.Text.Encoding.UTF8.GetString(texts[row])) : ((FixedColumn<int>)input.Arguments[0]).Values[row];
            }
            return builder.Build(input.Rows);
        }

        private int Read(string text) => text == "bad" ? throw Throws(text) : int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
