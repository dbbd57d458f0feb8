using Chunnel.Canaries;

namespace Chunnel.Rest.Tests;

/// <summary>S10: jobs full of secrets go in; nothing that a node answers or writes holds one.</summary>
public sealed class CanaryTests
{
    private static readonly string[] _v2 = ["/overview", "/running-jobs", "/finished-jobs", "/logs", "/metrics", "/openmetrics", "/system-monitoring-information", "/thread-dump", "/running-threads", "/"];
    private static readonly string[] _v1 = ["/overview", "/running-jobs", "/finished-jobs", "/logs", "/system-monitoring-information"];

    [Fact]
    public async Task No_secret_comes_out_of_a_node()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var outputs = new List<(string Of, string Text)>();
        var ended = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, format, text) in CanaryJobs.All)
        {
            var answer = await node.PostAsync($"/submit-job?format={format}", text);
            Take(name, answer);
            if (format == "json") Take($"v1 {name}", await node.V1PostAsync("/submit-job", text));
            // What encrypting answers is what was asked for; what it logs is not.
            if (format == "json") await node.PostAsync("/encrypt-config", text);
            ended[$"{answer.Status}"] = ended.GetValueOrDefault($"{answer.Status}") + 1;
            if (answer.Status != 200) continue;
            var id = answer.Json.GetProperty("jobId").GetString()!;
            var job = await node.WaitAsync(id, "FINISHED", "FAILED");
            Take(name, job);
            var state = job.Json.GetProperty("jobStatus").GetString()!;
            ended[state] = ended.GetValueOrDefault(state) + 1;
            Take(name, await node.V1GetAsync($"/job-info/{id}"));
            Take(name, await node.GetAsync($"/logs/job-{id}.log"));
        }
        foreach (var path in _v2) Take(path, await node.GetAsync(path));
        foreach (var path in _v1) Take($"v1 {path}", await node.V1GetAsync(path));
        foreach (var file in Directory.EnumerateFiles(node.LogsFolder)) outputs.Add((file, await ReadAsync(file)));

        var told = outputs.SelectMany(output => CanaryJobs.Words.Where(word => output.Text.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{output.Of}: {Around(output.Text, word)}")).ToList();
        told.ShouldBeEmpty(string.Join("\n", told.Take(20)));
        // Every kind of job was there: without them the test would say nothing.
        (ended["FINISHED"], ended["FAILED"]).ShouldBe((6, 3));
        ended["400"].ShouldBeGreaterThan(60);

        void Take(string of, Answer answer) => outputs.Add((of, string.Join('\n', answer.Headers.Values) + "\n" + answer.Body));
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Around(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 150)..Math.Min(text.Length, at + 60)].Replace('\n', '|');
    }
}
