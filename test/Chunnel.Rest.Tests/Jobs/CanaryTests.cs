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

        ShouldHoldNone(outputs);
        // Every kind of job was there: without them the test would say nothing.
        (ended["FINISHED"], ended["FAILED"]).ShouldBe((6, 3));
        ended["400"].ShouldBeGreaterThan(60);

        void Take(string of, Answer answer) => outputs.Add((of, AllOf(answer)));
    }

    /// <summary>
    /// S10: a plug-in that fails says what it likes, its secrets among it. They are found by their values, wherever the text goes. The plug-in
    /// and the cipher of the last job come from a folder for plug-ins (spec config.md 10).
    /// </summary>
    [Fact]
    public async Task No_secret_that_a_plug_in_tells_comes_out_of_a_node()
    {
        var plugins = Directory.CreateTempSubdirectory("chunnel-plugins-").FullName;
        LeakyJobs.InstallPlugins(plugins);
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { PluginFolders = [plugins] });
        var outputs = new List<(string Of, string Text)>();
        foreach (var (name, text, end) in LeakyJobs.All)
        {
            var answer = await node.PostAsync("/submit-job?format=hocon", text);
            outputs.Add((name, AllOf(answer)));
            if (end == "REFUSED") answer.Status.ShouldBe(name is "check" or "refuse" ? 400 : 500, $"{name}: {answer.Body}");
            if (answer.Status != 200) continue;
            var id = answer.Json.GetProperty("jobId").GetString()!;
            var job = await node.WaitAsync(id, "FINISHED", "FAILED");
            job.Json.GetProperty("jobStatus").GetString().ShouldBe(end, name);
            if (end == "FAILED") job.Json.GetProperty("errorMsg").GetString().ShouldNotBeNull().ShouldContain("******", Shouldly.Case.Sensitive, name);
            outputs.Add((name, AllOf(job)));
            outputs.Add((name, AllOf(await node.V1GetAsync($"/job-info/{id}"))));
            outputs.Add((name, AllOf(await node.GetAsync($"/logs/job-{id}.log"))));
        }
        foreach (var path in _v2) outputs.Add((path, AllOf(await node.GetAsync(path))));
        foreach (var file in Directory.EnumerateFiles(node.LogsFolder)) outputs.Add((file, await ReadAsync(file)));
        ShouldHoldNone(outputs);
        // Each of them was told somewhere, or nothing would be shown by this.
        LeakyJobs.All.Select(job => job.Name).Except(["nowhere", "let_go"]).Where(name => !outputs.Exists(output => output.Of == name && output.Text.Contains("******", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static string AllOf(Answer answer) => string.Join('\n', answer.Headers.Values) + "\n" + answer.Body;

    private static void ShouldHoldNone(IReadOnlyList<(string Of, string Text)> outputs)
    {
        var told = outputs.SelectMany(output => CanaryJobs.Words.Where(word => output.Text.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{output.Of}: {Around(output.Text, word)}")).ToList();
        told.ShouldBeEmpty(string.Join("\n", told.Take(20)));
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
