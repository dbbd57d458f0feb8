using System.Globalization;
using Chunnel.Core;
using Chunnel.Gates;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql;

namespace Chunnel.Bench.Sql;

/// <summary>Queries over batches that stand ready, from <see cref="ITransform.ApplyAsync"/> to the release of what comes out.</summary>
internal sealed class SqlBench(int runs) : IBench
{
    private const int WarmUps = 30;

    /// <summary>All batches this often are ten million rows.</summary>
    private const int Passes = 40;

    /// <summary>DuckDB's table is a tenth of them, as ours are a part.</summary>
    private const int DuckPasses = 10;

    private const int Rows = Passes * SqlRows.Batches * ColumnBatch.AimRows;
    private const double LeastAgainstRows = 5;

    public string Name => "sql";

    public async Task<ResultPage> RunAsync()
    {
        var page = new ResultPage(Name, $"The Sql transform on {Rows:N0} rows ({SqlRows.Batches} batches of {ColumnBatch.AimRows} rows, {Passes} times), in process, on one thread, whose processor time counts. {runs} runs of each, in turn.\nYardsticks: a tree of expressions that is asked for each row, with values as objects, as engines without columns work; a loop over the same objects, written by hand for the one query; DuckDB on one thread over a table of its own, which takes the greatest of each result, so that it computes all and hands over little.")
        {
            WhenMissed = "The tree and the loop work with .NET's strings and JSON reader, whose inner loops are vectorised as ours are: where most of the time is the function itself, columns save only what is around it.",
        };
        var batches = SqlRows.MakeBatches();
        var rows = batches.SelectMany(SqlRows.Boxed).ToArray();
        using var duck = new SqlDuck(Rows / DuckPasses);
        page.Head("M rows/s", "Sql", "tree, row by row", "loop by hand", "DuckDB, one thread");
        foreach (var question in SqlQuestion.All)
        {
            await using var transform = await TransformAsync(question.Query);
            Ask(page, question, () => Apply(transform, batches), rows, duck);
        }
        page.Say($"Others, by themselves:");
        page.Head("Query", "M rows/s");
        foreach (var query in SqlQuestion.Others)
        {
            await using var transform = await TransformAsync(query);
            Warm(() => Apply(transform, batches));
            page.Row($"`{query.Replace("|", "\\|", StringComparison.Ordinal)}`", new Spread(Enumerable.Range(0, runs).Select(_ => MillionsPerSecond(() => Apply(transform, batches), Passes))).Text("F1"));
        }
        foreach (var batch in batches) batch.Dispose();
        return page;
    }

    private void Ask(ResultPage page, SqlQuestion question, Action ours, object?[][] rows, SqlDuck duck)
    {
        Action tree = () => RowTree.Run(rows, question.Where, question.Select);
        Action loop = () => question.Loop(rows);
        var (we, trees, loops, ducks) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        Warm(ours);
        tree();
        loop();
        duck.Run(question.DuckQuery);
        for (var run = 0; run < runs; run++)
        {
            we.Add(MillionsPerSecond(ours, Passes));
            trees.Add(MillionsPerSecond(tree, Passes));
            loops.Add(MillionsPerSecond(loop, Passes));
            ducks.Add(MillionsPerSecond(() => duck.Run(question.DuckQuery), DuckPasses));
        }
        page.Row($"{question.Name}: `{question.Query}`", new Spread(we).Text("F1"), new Spread(trees).Text("F1"), new Spread(loops).Text("F1"), new Spread(ducks).Text("F1"));
        var (found, byTree, byDuck) = (new Spread(we).Median, new Spread(trees).Median, new Spread(ducks).Median);
        page.Must(string.Create(CultureInfo.InvariantCulture, $"{question.Name}: {question.MustReach} M rows/s"), $"{found:F1}", found >= question.MustReach);
        page.Must($"{question.Name}: {LeastAgainstRows} times a tree row by row", $"{found / byTree:F1} times", found >= LeastAgainstRows * byTree);
        page.Must($"{question.Name}: as fast as DuckDB on one thread", $"{found / byDuck:F2} times as fast", found >= byDuck);
    }

    private static void Warm(Action run)
    {
        for (var i = 0; i < WarmUps; i++) run();
    }

    /// <summary>By the processor time of this thread; together the passes are all rows.</summary>
    private static double MillionsPerSecond(Action run, int passes)
    {
        var before = Clock.ThreadSeconds();
        for (var pass = 0; pass < passes; pass++) run();
        return Rows / (Clock.ThreadSeconds() - before) / 1e6;
    }

    private static async Task<ITransform> TransformAsync(string query)
    {
        var settings = new SettingsObject([new SettingsEntry("query", new SettingsScalar(query, ScalarKind.Text))]);
        return await new SqlPlugin().CreateAsync(new TransformContext { Settings = settings, Tables = [SqlRows.Table] }, default);
    }

    private static void Apply(ITransform transform, List<ColumnBatch> batches)
    {
        foreach (var batch in batches)
        {
            var applied = transform.ApplyAsync(batch.Share(), Discard.One, default);
            if (!applied.IsCompletedSuccessfully) throw new InvalidOperationException("The Sql transform never waits.");
            applied.GetAwaiter().GetResult();
        }
    }

    private sealed class Discard : ITransformOutput
    {
        public static readonly Discard One = new();

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            batch.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
