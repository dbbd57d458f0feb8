using System.Text.Json;
using Chunnel.Engine;

namespace Chunnel.Rest.Tests;

/// <summary>engine.md 155 (11.4): what happens in jobs is sent to an address.</summary>
public sealed class EventReportTests
{
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task The_life_of_a_job_is_sent_in_its_order()
    {
        await using var taker = new CollectorDouble();
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Events = To(taker, everyState: true) });
        var jobId = await node.SubmitAsync(Jobs.Short);
        await node.WaitAsync(jobId, "FINISHED");
        var events = await ReceiveAsync(taker, 200, "FINISHED");
        events.ShouldAllBe(one => one.GetProperty("jobId").GetString() == jobId && one.GetProperty("createdTime").GetInt64() > 0);
        var types = events.Select(one => one.GetProperty("eventType").GetString()!).ToList();
        types.Where(type => type != "JOB_STATUS").Order().ShouldBe(
            ["LIFECYCLE_ENUMERATOR_CLOSE", "LIFECYCLE_ENUMERATOR_OPEN", "LIFECYCLE_READER_CLOSE", "LIFECYCLE_READER_OPEN", "LIFECYCLE_WRITER_CLOSE"]);
        types.IndexOf("LIFECYCLE_READER_OPEN").ShouldBeLessThan(types.IndexOf("LIFECYCLE_READER_CLOSE"));
        types.IndexOf("LIFECYCLE_ENUMERATOR_OPEN").ShouldBeLessThan(types.IndexOf("LIFECYCLE_ENUMERATOR_CLOSE"));
        events.Where(one => one.TryGetProperty("jobStatus", out _)).Select(one => (one.GetProperty("jobName").GetString(), one.GetProperty("jobStatus").GetString()))
            .ShouldBe([("short", "CREATED"), ("short", "PENDING"), ("short", "SCHEDULED"), ("short", "RUNNING"), ("short", "FINISHED")]);
        taker.LastHeaders!["X-Tenant"].ShouldBe("blue");
    }

    [Fact]
    public async Task What_was_not_taken_is_sent_again()
    {
        await using var taker = new CollectorDouble { Status = 503 };
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Events = To(taker, everyState: false) });
        var jobId = await node.SubmitAsync(Jobs.Short);
        await node.WaitAsync(jobId, "FINISHED");
        var refused = await ReceiveAsync(taker, 503, "FINISHED");
        taker.Status = 200;
        var taken = await ReceiveAsync(taker, 200, "FINISHED");
        taken.Select(one => one.GetRawText()).Take(refused.Count).ShouldBe(refused.Select(one => one.GetRawText()));
        // only the end of a job is told where nobody asks for more
        taken.Where(one => one.TryGetProperty("jobStatus", out _)).ShouldHaveSingleItem();
    }

    private static EventReportSettings To(CollectorDouble taker, bool everyState) =>
        new() { Url = new Uri(taker.Address, "/events"), Headers = new Dictionary<string, string> { ["X-Tenant"] = "blue" }, TellsEveryState = everyState, Interval = _soon };

    /// <summary>The events that came in and were answered so until one of them tells this state; each sending may hold some of them.</summary>
    private static Task<IReadOnlyList<JsonElement>> ReceiveAsync(CollectorDouble taker, int status, string state) => Task.Run<IReadOnlyList<JsonElement>>(() =>
    {
        var events = new List<JsonElement>();
        var seen = new HashSet<string>();
        while (true)
        {
            taker.Received.TryTake(out var sent, TimeSpan.FromSeconds(30)).ShouldBeTrue("nothing came within 30 s");
            (sent.Path, sent.ContentType).ShouldBe(("/events", "application/json"));
            if (sent.Status != status) continue;
            foreach (var one in JsonDocument.Parse(sent.Body).RootElement.EnumerateArray())
            {
                if (seen.Add(one.GetRawText())) events.Add(one);
            }
            if (events.Exists(one => one.TryGetProperty("jobStatus", out var told) && told.GetString() == state)) return events;
        }
    });
}
