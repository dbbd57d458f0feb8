using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>Whatever is sent, the node answers, soon, and never with a fault of its own.</summary>
public sealed class FuzzTests
{
    private const int Requests = 1_500;

    /// <summary>An id that belongs to a job that has ended is the one refusal that the spec makes a 500 (rest-api.md 6.8).</summary>
    private const string AlreadyEnded = "has already been submitted";

    /// <summary>A place of v1 that does nothing, as in SeaTunnel (rest-api.md section 13).</summary>
    private const string NoWayBack = "Reset logger level endpoint disabled!";

    /// <summary>Far more than any answer takes: whoever waits longer hangs.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("v2", 20261125)]
    [InlineData("v2", 4711)]
    [InlineData("v1", 20261126)]
    public async Task No_request_makes_the_node_fail_or_hang(string face, int seed)
    {
        await using var node = await NodeUnderTest.StartAsync();
        var (port, places) = face == "v1" ? (node.V1Port, Places.OfV1) : (node.Port, Places.OfV2);
        var maker = new RequestMaker(new Random(seed), [.. places.Select(place => place.Path).Append("/nowhere").Append("").Distinct()]);
        var missed = places.ToHashSet();
        for (var i = 0; i < Requests; i++)
        {
            var (method, target, body, type) = maker.Next();
            var what = $"request {i} of seed {seed}: {method} {target} {type} {Shown(body)}";
            var answer = await RawHttp.SendAsync(port, method, target, body, type).WaitAsync(_patience, TestContext.Current.CancellationToken);
            missed.RemoveWhere(place => place.Method == method && target.StartsWith(place.Path, StringComparison.Ordinal));
            var isListed = answer.Status == 500 && (answer.Body.Contains(AlreadyEnded, StringComparison.Ordinal) || answer.Body.Contains(NoWayBack, StringComparison.Ordinal));
            (answer.Status is >= 200 and < 500 || isListed).ShouldBeTrue($"{what}\n{answer.Status} {answer.Body}");
            if (answer.Status >= 400 && answer.Body.Length > 0 && answer.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true)
            {
                answer.Json.GetProperty("status").GetString().ShouldBe("fail", what);
                answer.Json.GetProperty("message").ValueKind.ShouldBe(JsonValueKind.String, what);
            }
        }
        missed.ShouldBeEmpty("every place was asked as it wants to be");
        (await node.GetAsync("/overview")).Status.ShouldBe(200);
    }

    private static string Shown(byte[] body) => System.Text.Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, 300));
}
