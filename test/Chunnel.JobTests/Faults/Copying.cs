using System.Globalization;

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
}
