using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql;

namespace Chunnel.Bench.Sql;

/// <summary>
/// Queries over batches that stand ready, from <see cref="ITransform.ApplyAsync"/> to the release of what comes out. The yardstick does the
/// same work row by row on boxed values, as engines without columns do.
/// </summary>
internal static class SqlBench
{
    private const int Batches = 64;
    private const int Rows = ColumnBatch.AimRows;

    private static readonly TableSchema Table = new(TablePath.Parse("t"),
    [
        new ColumnDef("id", DataType.BigInt), new ColumnDef("n", DataType.Int), new ColumnDef("price", DataType.Double), new ColumnDef("name", DataType.String),
        new ColumnDef("a", DataType.Int), new ColumnDef("b", DataType.Int), new ColumnDef("amount", DataType.Decimal(18, 2)),
    ]);

    public static async Task RunAsync()
    {
        var report = new Report();
        var memory = BatchMemory.Unlimited();
        var batches = MakeBatches(memory);
        var boxed = batches.SelectMany(Boxed).ToArray();
        report.Begin($"Sql transform, batches of {Rows} rows");
        var plain = report.Measure("plain loop: filter on int and string, 3 of 7 columns", boxed.Length, () => PlainFilter(boxed));
        await MeasureAsync(report, batches, "select id, name, price from t where n > 500 and name <> 'x'", plain, 60);
        await MeasureAsync(report, batches, "select id, name, price from t where n > 900 and name <> 'x'", plain, 60);
        var plainSum = report.Measure("plain loop: a + b, price * 1.1 where a > 300", boxed.Length, () => PlainSum(boxed));
        await MeasureAsync(report, batches, "select a + b as s, price * 1.1 as p from t where a > 300", plainSum, 40);
        await MeasureAsync(report, batches, "select id, case when n > 500 then 'big' else 'small' end as size from t");
        await MeasureAsync(report, batches, "select upper(name) as u, length(name) as l from t");
        await MeasureAsync(report, batches, "select id from t where name like '%ab%'");
        await MeasureAsync(report, batches, "select name || '-' || id as k from t");
        await MeasureAsync(report, batches, "select amount * 2 + 0.5 as x from t");
        await MeasureAsync(report, batches, "select a / 7 as q, cast(n as string) as s from t");
        foreach (var batch in batches) batch.Dispose();
    }

    private static async Task MeasureAsync(Report report, List<ColumnBatch> batches, string query, double plain = 0, double mustReach = 0)
    {
        var settings = new SettingsObject([new SettingsEntry("query", new SettingsScalar(query, ScalarKind.Text))]);
        await using var transform = await new SqlPlugin().CreateAsync(new TransformContext { Settings = settings, Tables = [Table] }, default);
        var sink = new Discard();
        report.Measure($"`{query}`", (long)Batches * Rows, () =>
        {
            foreach (var batch in batches)
            {
                var applied = transform.ApplyAsync(batch.Share(), sink, default);
                if (!applied.IsCompletedSuccessfully) throw new InvalidOperationException("The Sql transform never waits.");
                applied.GetAwaiter().GetResult();
            }
        }, plain, mustReach);
    }

    private static List<ColumnBatch> MakeBatches(BatchMemory memory)
    {
        var dice = new Random(20_240);
        var batches = new List<ColumnBatch>();
        using var builder = new BatchBuilder(Table, memory, Rows);
        Span<byte> name = stackalloc byte[12];
        for (var batch = 0; batch < Batches; batch++)
        {
            for (var row = 0; row < Rows; row++)
            {
                builder.Fixed<long>(0)[row] = (long)batch * Rows + row;
                builder.Fixed<int>(1)[row] = dice.Next(1000);
                builder.Fixed<double>(2)[row] = dice.Next(1_000_000) / 100.0;
                foreach (ref var letter in name) letter = (byte)('a' + dice.Next(26));
                builder.Text(3).Append(dice.Next(50) == 0 ? "x"u8 : name);
                builder.Fixed<int>(4)[row] = dice.Next(1000);
                builder.Fixed<int>(5)[row] = dice.Next(1000);
                builder.Decimal(6).Values[row] = dice.Next(1_000_000_000);
            }
            batches.Add(builder.Build(Rows));
        }
        return batches;
    }

    private static IEnumerable<object?[]> Boxed(ColumnBatch batch)
    {
        var rows = new object?[batch.Rows][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] =
            [
                ((FixedColumn<long>)batch[0]).Values[row], ((FixedColumn<int>)batch[1]).Values[row], ((FixedColumn<double>)batch[2]).Values[row],
                Encoding.UTF8.GetString(((TextColumn)batch[3])[row]), ((FixedColumn<int>)batch[4]).Values[row], ((FixedColumn<int>)batch[5]).Values[row],
            ];
        }
        return rows;
    }

    private static int PlainFilter(object?[][] rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            if (row[1] is not int n || n <= 500 || row[3] is not string name || string.Equals(name, "x", StringComparison.Ordinal)) continue;
            object?[] result = [row[0], row[3], row[2]];
            kept += result.Length;
        }
        return kept;
    }

    private static int PlainSum(object?[][] rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            if (row[4] is not int a || a <= 300) continue;
            object?[] result = [row[5] is int b ? a + b : null, row[2] is double price ? price * 1.1 : null];
            kept += result.Length;
        }
        return kept;
    }

    private sealed class Discard : ITransformOutput
    {
        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            batch.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
