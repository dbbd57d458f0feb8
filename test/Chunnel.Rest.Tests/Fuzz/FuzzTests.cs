using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>Whatever is sent, the node answers, soon, and never with a fault of its own.</summary>
public sealed class FuzzTests
{
    private const int Requests = 1_500;

    /// <summary>An id that belongs to a job that has ended is the one refusal that the spec makes a 500 (rest-api.md 6.8).</summary>
    private const string AlreadyEnded = "has already been submitted";

    /// <summary>Far more than any answer takes: whoever waits longer hangs.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(20261125)]
    [InlineData(4711)]
    public async Task No_request_makes_the_node_fail_or_hang(int seed)
    {
        await using var node = await NodeUnderTest.StartAsync();
        var document = (await node.GetAsync("/openapi.json")).Json;
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name.Split('{')[0].TrimEnd('/')).Append("/nowhere").Append("").Distinct().ToList();
        var maker = new RequestMaker(new Random(seed), paths);
        for (var i = 0; i < Requests; i++)
        {
            var (method, target, body, type) = maker.Next();
            var what = $"request {i} of seed {seed}: {method} {target} {type} {Shown(body)}";
            var answer = await RawHttp.SendAsync(node.Port, method, target, body, type).WaitAsync(_patience, TestContext.Current.CancellationToken);
            var isListed = answer.Status == 500 && answer.Body.Contains(AlreadyEnded, StringComparison.Ordinal);
            (answer.Status is >= 200 and < 500 || isListed).ShouldBeTrue($"{what}\n{answer.Status} {answer.Body}");
            if (answer.Status >= 400 && answer.Body.Length > 0 && answer.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true)
            {
                answer.Json.GetProperty("status").GetString().ShouldBe("fail", what);
                answer.Json.GetProperty("message").ValueKind.ShouldBe(JsonValueKind.String, what);
            }
        }
        (await node.GetAsync("/overview")).Status.ShouldBe(200);
    }

    private static string Shown(byte[] body) => System.Text.Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, 300));
}
