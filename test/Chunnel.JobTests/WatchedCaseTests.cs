using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>Field cases about what can be seen of a job while it runs: its checkpoints, and the rows that are committed with them.</summary>
public sealed class WatchedCaseTests
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateDirectories(Case.Root).Select(folder => Path.GetFileName(folder)).Where(IsTold).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_right_things_are_seen(string name)
    {
        using var job = Case.Open(name);
        using var place = new Workplace(job.Folder);
        await using var node = await ServerProgram.StartAsync(place.Folder);
        var id = await node.SubmitAsync(await File.ReadAllTextAsync(Path.Combine(place.Folder, job.Runs.Single().Job), Stop));
        var committed = new List<long>();
        JsonElement info;
        using var timer = new PeriodicTimer(_lookEvery);
        do
        {
            info = await node.Client.GetFromJsonAsync<JsonElement>($"/job-info/{id}", Stop);
            committed.Add(Count(info, "SinkCommittedCount"));
        }
        while (!info.TryGetProperty("finishTime", out _) && await timer.WaitForNextTickAsync(Stop));

        info.GetProperty("jobStatus").GetString().ShouldBe(job.Expect.GetProperty("end").GetString());
        foreach (var counter in job.Expect.GetProperty("counters").EnumerateObject()) Count(info, counter.Name).ShouldBe(counter.Value.GetInt64(), counter.Name);
        var last = committed[^1];
        committed.ShouldContain(count => count > 0 && count < last, $"rows are committed with checkpoints, not at the end alone: {string.Join(' ', committed.Distinct())}");
        var checkpoints = await node.Client.GetFromJsonAsync<JsonElement>($"/jobs/checkpoints/history/{id}?status=COMPLETED", Stop);
        var periodic = checkpoints.EnumerateArray().Count(one => one.GetProperty("checkpoint").GetProperty("checkpointType").GetString() == "checkpoint");
        periodic.ShouldBeGreaterThanOrEqualTo(job.Expect.GetProperty("checkpoints_at_least").GetInt32(), checkpoints.GetRawText());
    }

    /// <summary>A case that the command alone can tell is told there too.</summary>
    public static bool IsTold(string name)
    {
        using var job = Case.Open(name);
        return job.Expect.TryGetProperty("checkpoints_at_least", out _);
    }

    private static long Count(JsonElement info, string counter) => long.Parse(info.GetProperty("metrics").GetProperty(counter).GetString()!, CultureInfo.InvariantCulture);
}
