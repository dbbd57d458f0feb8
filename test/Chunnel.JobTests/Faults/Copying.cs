using System.Globalization;
using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>A job that copies numbered rows from one end into another one, and what must have come of it.</summary>
internal sealed class Copying(INumberedSource from, INumberedTarget to, int rows)
{
    public int Rows => rows;

    public INumberedTarget To => to;

    public async Task SetUpAsync()
    {
        await from.FillAsync(rows);
        await to.EmptyAsync();
    }

    /// <param name="parallelism">Readers, and writers.</param>
    /// <param name="rowsPerSecond">How fast all readers together are; null for as fast as they can.</param>
    /// <param name="env">Further settings of the job.</param>
    public string Job(int parallelism, int? rowsPerSecond = null, string env = "checkpoint.interval = 60")
    {
        var limit = rowsPerSecond is { } speed ? string.Create(CultureInfo.InvariantCulture, $", read_limit.rows_per_second = {Math.Max(speed / parallelism, 1)}") : "";
        return $$"""
            env { parallelism = {{parallelism}}, {{env}}{{limit}}{{to.Env}} }
            {{from.Block(parallelism)}}
            {{to.Block}}
            """;
    }

    /// <summary>From outside: exactly the rows of the source, and nothing else left behind.</summary>
    public async Task CheckAsync()
    {
        NumberedRows.MustBeAll(await to.SeenAsync(), rows);
        (await to.LeftBehindAsync()).ShouldBeEmpty();
    }

    /// <summary>S7: what the job says it did is what it did, in all and for its table, however often it went on from a checkpoint: read = written + dead-lettered, and all of it is committed.</summary>
    public void CheckCounts(JsonElement metrics)
    {
        var refused = to.Refused(rows);
        var counts = new Dictionary<string, long> { ["SourceReceived"] = rows, ["SinkWrite"] = rows - refused, ["SinkCommitted"] = rows - refused };
        if (refused > 0) counts.Add("DeadLettered", refused);
        counts.ToDictionary(count => count.Key, count => (Number(metrics.GetProperty($"{count.Key}Count")), metrics.GetProperty($"Table{count.Key}Count").EnumerateObject().Sum(table => Number(table.Value))))
            .ShouldBe(counts.ToDictionary(count => count.Key, count => (count.Value, count.Value)));
        if (refused > 0) (Number(metrics.GetProperty("FilteredCount")), Number(metrics.GetProperty("SkippedCount"))).ShouldBe((0, 0));
    }

    private static long Number(JsonElement count) => long.Parse(count.GetString()!, CultureInfo.InvariantCulture);
}
