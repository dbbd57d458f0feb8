namespace Chunnel.Rest.Tests;

/// <summary>Every route of both faces, asked rightly and wrongly about jobs in every state: golden/answers shows what comes back.</summary>
public sealed class AnswerTests
{
    /// <summary>Reads three rows in thousands of splits: when they are there, what is told of it stays the same for hours.</summary>
    private const string Still = """
        {
          "env": { "job.mode": "STREAMING", "job.name": "still", "checkpoint.interval": 3600000 },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "row.num": 3, "split.num": 100000, "split.read-interval": 100, "schema": { "fields": { "id": "bigint", "name": "string" } } } ],
          "transform": [ { "plugin_name": "Copy", "plugin_input": "fake", "plugin_output": "copied", "fields": { "name2": "name" } } ],
          "sink": [ { "plugin_name": "Console", "plugin_input": "copied" } ]
        }
        """;

    private const string Wrong = """
        { "env": { "job.mode": "BATCH" },
          "source": [ { "plugin_name": "FakeSource", "row.num": "many", "schema": { "fields": { "id": "nosuchtype" } } } ],
          "sink": [ { "plugin_name": "Console", "log.print.data": "perhaps" } ] }
        """;

    private const string Form = "--b\r\nContent-Disposition: form-data; name=\"config_file\"; filename=\"five.json\"\r\n\r\n" + Jobs.Short + "\r\n--b--\r\n";

    [Fact]
    public async Task Every_answer_is_as_a_reviewer_has_seen_it()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with
        {
            TellsMetrics = true,
            Tags = new Dictionary<string, string> { ["zone"] = "az1" },
            Slots = new() { IsDynamic = false, Count = 7, Schedule = Control.ScheduleStrategy.Wait },
        });
        var book = new AnswerBook(node);
        await book.AskAsync("/running-jobs", "/finished-jobs", "/overview", "/pending-jobs");
        await book.OrderAsync("/submit-job?jobId=1", Jobs.Short);
        await node.WaitAsync("1", "FINISHED");
        await book.OrderAsync("/submit-job?jobId=2&jobName=failing", Jobs.Failing);
        await node.WaitAsync("2", "FAILED");
        await book.OrderAsync("/submit-jobs", $"[{Still.Replace("\"env\"", "\"params\": { \"jobId\": \"3\" }, \"env\"", StringComparison.Ordinal)}]");
        await WaitForRowsAsync(node, "3");
        await book.OrderAsync("/submit-job/upload?jobId=4", Form, "multipart/form-data; boundary=b");
        await node.WaitAsync("4", "FINISHED");
        await book.OrderAsync("/submit-job?jobId=5", Still);
        await WaitForRowsAsync(node, "5");
        await book.OrderAsync("/stop-job", """{"jobId": 5, "isStopWithSavePoint": true}""");
        await node.WaitAsync("5", "SAVEPOINT_DONE");
        await book.OrderAsync("/submit-job?jobId=6", Still);
        await WaitForRowsAsync(node, "6");
        await book.OrderAsync("/stop-jobs", """[{"jobId": "6"}, {"jobId": 404}]""");
        await node.WaitAsync("6", "CANCELED");
        await book.OrderAsync("/submit-job?jobId=7", Jobs.Short.Replace("\"BATCH\"", "\"BATCH\", \"parallelism\": 9", StringComparison.Ordinal));
        await node.WaitAsync("7", "PENDING");

        foreach (var jobId in new[] { "1", "2", "3", "5", "6", "7", "404", "x" }) await book.AskAsync($"/job-info/{jobId}");
        await book.AskAsync("/job-info", "/job-info/1?extras=true", "/job-info/3?extras=true", "/job-info/404?extras=true", "/running-job/3", "/running-job/404", "/running-jobs", "/running-jobs?page=1&rows=1", "/running-jobs?page=0", "/running-jobs/summary");
        await book.AskAsync("/finished-jobs", "/finished-jobs/FAILED", "/finished-jobs/finished?page=2&rows=1", "/finished-jobs/NOPE", "/pending-jobs", "/pending-jobs?jobId=404", "/pending-jobs?limit=x");
        await book.AskAsync("/jobs/checkpoints/1", "/jobs/checkpoints/5", "/jobs/checkpoints/404", "/jobs/checkpoints", "/jobs/checkpoints/history/5", "/jobs/checkpoints/history/5?status=NOPE");
        await book.AskAsync("/metrics/realtime/jobs", "/metrics/realtime/jobs/3", "/metrics/realtime/jobs/3/nodes");
        foreach (var what in new[] { "vertices", "edges" })
        {
            await book.AskAsync($"/metrics/realtime/jobs/3/{what}?windowMs=1", $"/metrics/realtime/jobs/3/{what}?windowMs=x", $"/metrics/realtime/jobs/3/{what}?windowMs=0");
            await book.AskAsync($"/metrics/realtime/jobs/1/{what}", $"/metrics/realtime/jobs/404/{what}", $"/metrics/realtime/jobs/x/{what}");
        }
        await book.AskAsync("/overview", "/overview?zone=az2", "/resource/workers", "/option-rules?type=sink&plugin=Console", "/option-rules?type=table&plugin=Console", "/http-service/status");
        await book.AskAsync("/system-monitoring-information", "/thread-dump", "/running-threads", "/metrics", "/openmetrics", "/openapi", "/openapi.json");
        await book.AskAsync("/logs", "/logs?format=json", "/logs/1?format=json", "/logs/job-1.log", "/logs/none.log", "/log", "/log/job-1.log", "/log/none.log", "/get-all-log-name");

        await book.OrderAsync("/submit-job?jobId=1", Jobs.Short);
        foreach (var jobId in new[] { 3, 1, 404 }) await book.OrderAsync("/jobs/savepoint", $$"""{"jobId": {{jobId}}}""");
        foreach (var place in new[] { "/submit-job", "/submit-jobs", "/stop-job", "/stop-jobs", "/jobs/savepoint", "/encrypt-config", "/update-tags" })
        {
            await book.OrderAsync(place, "");
            await book.OrderAsync(place, "{");
        }
        await book.OrderAsync("/submit-job", Wrong);
        await book.OrderAsync("/submit-job?isStartWithSavePoint=true", Jobs.Short);
        await book.OrderAsync("/submit-job/upload", "x", "text/plain");
        await book.OrderAsync("/stop-job", "{}");
        await book.OrderAsync("/encrypt-config", """{"env":{"shade.identifier":"base64"},"source":[{"plugin_name":"X","password":"secret"}],"sink":[{"plugin_name":"Y"}]}""");
        await book.OrderAsync("/encrypt-config", """{"env":{"shade.identifier":"base64"},"source":[{"plugin_name":"X","password":5}],"sink":[{"plugin_name":"Y"}]}""");
        await book.OrderAsync("/update-tags", """{"zone":"az2"}""");

        foreach (var (method, path) in Places.OfMember)
        {
            if (method == "GET") await book.AskMemberAsync("GET", path);
            else await book.AskMemberAsync("POST", path, "seatunnel&&chunnel.Job&WARN");
        }
        await book.AskMemberAsync("POST", "/hazelcast/rest/log-level", "other&&root&WARN");

        book.Compare().ShouldBeEmpty();
        AnswerBook.Wanted.Except(book.Pages).ShouldBeEmpty("every route has its page");
    }

    private static Task WaitForRowsAsync(NodeUnderTest node, string jobId) =>
        node.UntilAsync($"/job-info/{jobId}", job => job.Json.GetProperty("metrics").GetProperty("SinkWriteCount").GetString() == "3", "one that has written all three rows");
}
