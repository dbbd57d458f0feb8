using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Counts what all threads allocate, so nothing else may run.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class Alone;

/// <summary>A batch, a chunk, a call to the server are a handful of objects; rows are none.</summary>
[Collection(nameof(AllocationTests))]
[Trait("promise", "0 B allocated per row")]
public sealed class AllocationTests
{
    /// <summary>The smallest object takes 24 bytes: less than this for each row is no object per row, nor one for every tenth. What is counted is for batches, which are small while the server is slow.</summary>
    private const double MostBytesPerRow = 2;

    private const int WarmRows = 100_000;

    private static readonly TableSchema Fixed = Db.Table("t",
        ("id", DataType.BigInt), ("n", DataType.Int), ("s", DataType.SmallInt), ("price", DataType.Double), ("ratio", DataType.Float), ("ok", DataType.Boolean), ("day", DataType.Date), ("at", DataType.Time), ("ts", DataType.Timestamp), ("amount", DataType.Decimal(12, 2)), ("name", DataType.String));

    private const string Columns = "id bigint, n int, s smallint, price float8, ratio float4, ok bool, day date, at time, ts timestamp, amount numeric(12, 2), name text";

    private const string Rows = """
        select g::bigint, nullif(g % 1000, 7), (g % 99)::int2, g / 8.0::float8, (g / 4.0)::float4, g % 2 = 0, date '2024-01-01' + g % 99, time '10:00' + g % 9 * interval '1 second', timestamp '2024-01-01' + g * interval '1 second', (g % 1000 + 0.25)::numeric(12, 2), 'name ' || g
        from generate_series(1, 600000) g
        """;

    [Fact]
    public async Task Reading_allocates_nothing_for_a_row()
    {
        await using var db = await Db.OpenAsync();
        await using var reading = await Reading.OpenAsync(db, Rows, Fixed);
        long rows = 0, before = 0, counted = 0;
        while (await reading.NextAsync(Db.Stop) is { } batch)
        {
            rows += batch.Rows;
            if (before > 0) counted += batch.Rows;
            else if (rows > WarmRows) before = GC.GetTotalAllocatedBytes(precise: true);
            batch.Dispose();
        }
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        rows.ShouldBe(600_000);
        counted.ShouldBeGreaterThan(400_000);
        (bytes / (double)counted).ShouldBeLessThan(MostBytesPerRow);
    }

    [Fact]
    public async Task Writing_allocates_nothing_for_a_row()
    {
        await using var db = await Db.OpenAsync($"create table t({Columns})");
        var batches = new List<ColumnBatch>();
        await using (var reading = await Reading.OpenAsync(db, Rows + " limit 20000", Fixed))
        {
            while (await reading.NextAsync(Db.Stop) is { } batch) batches.Add(batch);
        }
        await using var run = await SinkRun.StartAsync(db, $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\", \"schema_save_mode\": \"IGNORE\"", Fixed);
        long rows = 0, before = 0, counted = 0;
        while (counted < 400_000)
        {
            if (before == 0 && rows >= WarmRows) before = GC.GetTotalAllocatedBytes(precise: true);
            foreach (var batch in batches)
            {
                await run.WriteAsync(batch.Share());
                rows += batch.Rows;
                if (before > 0) counted += batch.Rows;
            }
        }
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        await run.CheckpointAsync(1);
        foreach (var batch in batches) batch.Dispose();
        (await db.RowsAsync("select count(*) from t"))[0].ShouldBe(rows.ToString(System.Globalization.CultureInfo.InvariantCulture));
        (bytes / (double)counted).ShouldBeLessThan(MostBytesPerRow);
    }
}
