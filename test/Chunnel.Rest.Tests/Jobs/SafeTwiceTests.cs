using System.Text;

namespace Chunnel.Rest.Tests;

/// <summary>An order whose answer was lost is sent again: the job runs once.</summary>
public sealed class SafeTwiceTests
{
    [Fact]
    public async Task The_same_key_is_the_same_job_also_when_it_has_ended()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var first = await SubmitAsync(node, "k1", Jobs.Short);
        await node.WaitAsync(first.Json.GetProperty("jobId").GetString()!, "FINISHED");
        (await SubmitAsync(node, "k1", Jobs.Short)).Body.ShouldBe(first.Body);
        (await SubmitAsync(node, "k2", Jobs.Short)).Body.ShouldNotBe(first.Body);
        (await node.PostAsync("/submit-job", Jobs.Short)).Body.ShouldNotBe(first.Body);
        (await node.GetAsync("/overview")).Json.GetProperty("failedJobs").GetString().ShouldBe("0");
    }

    [Fact]
    public async Task Many_at_once_with_one_key_are_one_job()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SubmitAsync(node, "same", Jobs.Endless)));
        answers.Select(answer => answer.Body).Distinct().ShouldHaveSingleItem();
        (await node.GetAsync("/running-jobs")).Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_key_stands_for_one_order()
    {
        await using var node = await NodeUnderTest.StartAsync();
        (await SubmitAsync(node, "k", Jobs.Short)).Status.ShouldBe(200);
        foreach (var other in new[] { await SubmitAsync(node, "k", Jobs.Endless), await SubmitAsync(node, "k", Jobs.Short, "?jobName=other") })
        {
            other.Status.ShouldBe(422);
            other.Json.GetProperty("message").GetString()!.ShouldContain("'k'");
        }
    }

    [Fact]
    public async Task What_was_refused_may_be_tried_again_with_the_key()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var bad = Jobs.Short.Replace("FakeSource", "NoSuch", StringComparison.Ordinal);
        (await SubmitAsync(node, "k", bad)).Status.ShouldBe(400);
        (await SubmitAsync(node, "k", Jobs.Short)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_list_with_a_key_goes_on_where_it_failed()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var list = $"[{Jobs.Short}, {Jobs.Short}]";
        var first = await SubmitAsync(node, "k", list, path: "/submit-jobs");
        (await SubmitAsync(node, "k", list, path: "/submit-jobs")).Body.ShouldBe(first.Body);
        first.Json.GetArrayLength().ShouldBe(2);
        first.Json[0].GetProperty("jobId").GetString().ShouldNotBe(first.Json[1].GetProperty("jobId").GetString());
    }

    /// <summary>rest-api.md 93: the id that the caller chose does the same while the job runs.</summary>
    [Fact]
    public async Task Many_at_once_with_one_id_are_one_job()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => node.PostAsync("/submit-job?jobId=99", Jobs.Endless)));
        answers.ShouldAllBe(answer => answer.Status == 200);
        (await node.GetAsync("/running-jobs")).Json.GetArrayLength().ShouldBe(1);
    }

    private static Task<Answer> SubmitAsync(NodeUnderTest node, string key, string body, string query = "", string path = "/submit-job") =>
        RawHttp.SendAsync(node.Port, "POST", path + query, Encoding.UTF8.GetBytes(body), headers: $"Idempotency-Key: {key}\r\n");
}
