using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>What SeaTunnel's own page asks for.</summary>
public sealed class ConsoleTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private NodeUnderTest Node => shared.Node;

    [Fact]
    public async Task Options_come_from_the_descriptions_of_the_plug_ins()
    {
        var rules = (await Node.GetAsync("/option-rules?type=SINK&plugin=localfile")).Json;
        rules.GetProperty("pluginType").GetString().ShouldBe("sink");
        rules.GetProperty("pluginName").GetString().ShouldBe("LocalFile");
        var rule = rules.GetProperty("optionRule");
        rule.EnumerateObject().Select(member => member.Name).ShouldBe(["optionalOptions", "requiredOptions", "conditionRules", "valueConstraints"]);
        var required = rule.GetProperty("requiredOptions").EnumerateArray().First();
        required.GetProperty("ruleType").GetString().ShouldBe("ABSOLUTELY_REQUIRED");
        required.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("key").GetString()).ShouldContain("path");
        foreach (var option in rule.GetProperty("optionalOptions").EnumerateArray())
        {
            option.EnumerateObject().Select(member => member.Name).ShouldBe(["key", "type", "defaultValue", "description", "fallbackKeys", "optionValues"]);
            option.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Theory]
    [InlineData("", "'type' cannot be empty")]
    [InlineData("?type=source", "'plugin' cannot be empty")]
    [InlineData("?type=table&plugin=x", "Unsupported plugin type 'table'")]
    [InlineData("?type=source&plugin=FakeSorce", "FakeSource")]
    public async Task A_plug_in_that_is_not_there_is_told_so(string query, string text)
    {
        var answer = await Node.GetAsync($"/option-rules{query}");
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("message").GetString()!.ShouldContain(text);
    }

    [Fact]
    public async Task Workers_are_told_with_their_slots()
    {
        var answer = (await Node.GetAsync("/resource/workers")).Json;
        answer.GetProperty("available").GetBoolean().ShouldBeTrue();
        answer.GetProperty("collectedAt").ValueKind.ShouldBe(JsonValueKind.Number);
        var worker = answer.GetProperty("workers").EnumerateArray().ShouldHaveSingleItem();
        worker.GetProperty("dynamicSlot").GetBoolean().ShouldBeTrue();
        worker.GetProperty("address").GetString()!.ShouldContain(":");
        worker.GetProperty("usedSlots").GetInt32().ShouldBe(0);
    }

    /// <summary>rest-api.md section 15: pages of lists; behind the last there is nothing.</summary>
    [Fact]
    public async Task Lists_come_in_pages()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await node.SubmitAsync(Jobs.Endless));
            await node.WaitAsync(ids[^1], "RUNNING");
        }
        foreach (var place in new[] { "/running-jobs", "/running-jobs/summary" })
        {
            var first = (await node.GetAsync($"{place}?page=1&rows=2")).Json;
            first.GetProperty("total").GetInt32().ShouldBe(3);
            Ids(first).ShouldBe([ids[2], ids[1]]);
            Ids((await node.GetAsync($"{place}?page=2&rows=2")).Json).ShouldBe([ids[0]]);
            Ids((await node.GetAsync($"{place}?page=9")).Json).ShouldBeEmpty();
            (await node.GetAsync($"{place}?page=0")).Body.ShouldBe("""{"status":"fail","message":"Page number must be greater than 0"}""");
            (await node.GetAsync($"{place}?page=x")).Status.ShouldBe(400);
            (await node.GetAsync($"{place}?page=1&rows=0")).Status.ShouldBe(400);
            (await node.GetAsync(place)).Json.GetArrayLength().ShouldBe(3);
        }
        (await node.GetAsync("/finished-jobs/finished?page=1&rows=10")).Body.ShouldBe("""{"data":[],"total":0}""");
    }

    /// <summary>Names and places of the id that clients use.</summary>
    [Fact]
    public async Task Aliases_are_served_on_both_faces()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var first = await node.SubmitAsync(Jobs.Endless);
        var second = await node.SubmitAsync(Jobs.Endless);
        var info = (await node.GetAsync($"/job-info?jobId={first}")).Json;
        info.GetProperty("jobId").GetString().ShouldBe(first);
        (await node.V1GetAsync($"/running-job?jobId={first}")).Json.GetProperty("jobId").GetString().ShouldBe(first);
        (await node.PostAsync($"/cancel-job?jobId={first}", "")).Body.ShouldBe($$"""{"jobId":"{{first}}"}""");
        (await node.V1PostAsync($"/stop-job?jobId={second}", "")).Body.ShouldBe($$"""{"jobId":"{{second}}"}""");
        await node.WaitAsync(first, "CANCELED");
        await node.WaitAsync(second, "CANCELED");
        (await node.GetAsync($"/finished-job/{first}")).Body.ShouldBe((await node.GetAsync($"/job-info/{first}")).Body);
        (await node.V1PostAsync("/cancel-job", $$"""{"jobId": {{first}}}""")).Status.ShouldBe(200);
    }

    /// <summary>rest-api.md 26, 145 and 27: v1 wants whole parameters and a number for an id; no refusal is without text.</summary>
    [Theory]
    [InlineData("GET", "/running-job/", "For input string: \"/hazelcast/rest/maps/running-job\"")]
    [InlineData("GET", "/job-info/5?x=y", "For input string: \"5?x=y\"")]
    [InlineData("POST", "/submit-job?jobName", "Invalid Params format in Params.")]
    [InlineData("POST", "/submit-job?jobName=", "Invalid Params format in Params.")]
    [InlineData("POST", "/submit-job?jobName=%zz", "Unsupported encoding exists in the parameter.")]
    public async Task V1_is_strict_about_addresses(string method, string target, string message)
    {
        var answer = method == "GET" ? await Node.V1GetAsync(target) : await Node.V1PostAsync(target, Jobs.Short);
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("message").GetString().ShouldBe(message);
    }

    /// <summary>rest-api.md 36, 56, 100: a job that was stopped with a savepoint is in its own list and in no counter.</summary>
    [Fact]
    public async Task A_savepoint_is_an_end_of_its_own()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var jobId = await node.SubmitAsync(Jobs.Endless);
        await node.WaitAsync(jobId, "RUNNING");
        (await node.PostAsync("/stop-job", $$"""{"jobId": {{jobId}}, "isStopWithSavePoint": true}""")).Body.ShouldBe($$"""{"jobId":"{{jobId}}"}""");
        await node.WaitAsync(jobId, "SAVEPOINT_DONE");
        (await node.GetAsync("/finished-jobs/SAVEPOINT_DONE")).Json.EnumerateArray().ShouldHaveSingleItem().GetProperty("jobId").GetString().ShouldBe(jobId);
        foreach (var state in new[] { "FINISHED", "CANCELED", "FAILED" }) (await node.GetAsync($"/finished-jobs/{state}")).Body.ShouldBe("[]");
        var overview = (await node.GetAsync("/overview")).Json;
        foreach (var counter in new[] { "runningJobs", "finishedJobs", "failedJobs", "cancelledJobs" }) overview.GetProperty(counter).GetString().ShouldBe("0", counter);
        (await node.PostAsync($"/submit-job?jobId={jobId}", Jobs.Short)).Status.ShouldBe(500);
    }

    private static IReadOnlyList<string?> Ids(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(job => job.GetProperty("jobId").GetString())];
}
