using System.IO.Enumeration;

namespace Chunnel.Rest.Tests;

/// <summary>Asks a node of ours what a real server with the settings that ship was asked, and compares the answers.</summary>
public sealed class ReplayTests
{
    private static readonly string[] _states = ["RUNNING", "FINISHED", "FAILED", "CANCELED", "SAVEPOINT_DONE"];

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Answers_like_a_real_server(string face)
    {
        var (fresh, used) = Parts(face);
        var wrong = new List<string>();
        await using var node = await NodeUnderTest.StartAsync();
        var jobs = new RecordedNode(node);
        foreach (var exchange in fresh) await CompareAsync(face, exchange, node, jobs, wrong);
        foreach (var state in _states) await jobs.JobInAsync(state, isOrdered: false);
        foreach (var exchange in used) await CompareAsync(face, exchange, node, jobs, wrong);
        if (wrong.Count > 0) Assert.Fail($"{wrong.Count} answers differ:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Every_difference_and_every_gap_is_of_something_recorded()
    {
        var cases = new[] { "v1", "v2" }.SelectMany(face => Exchange.All(face).Select(exchange => (face, exchange.Case))).ToList();
        Difference.All().Where(row => !cases.Exists(one => row.Is(one.face, one.Case))).ShouldBeEmpty();
        Difference.Waiting().Where(gap => !cases.Exists(one => IsWaiting(gap, one.face, one.Case))).ShouldBeEmpty();
    }

    /// <summary>What was asked before that server had a job, and what came after.</summary>
    private static (IReadOnlyList<Exchange> Fresh, IReadOnlyList<Exchange> Used) Parts(string face)
    {
        var waiting = Difference.Waiting();
        var all = Exchange.All(face)
            .Where(exchange => !exchange.IsOfFixedSlots && !exchange.IsOfPassingState && !waiting.Any(gap => IsWaiting(gap, face, exchange.Case)))
            .ToList();
        return ([.. all.Where(IsFresh)], [.. all.Where(exchange => !IsFresh(exchange))]);
    }

    private static bool IsFresh(Exchange exchange) => exchange is { Method: "GET", Answer: "[]" };

    private static bool IsWaiting((string Face, string Cases) gap, string face, string name) =>
        gap.Face == face && FileSystemName.MatchesSimpleExpression(gap.Cases, name, ignoreCase: false);

    private static async Task CompareAsync(string face, Exchange recorded, NodeUnderTest node, RecordedNode jobs, List<string> wrong)
    {
        if (recorded.Job is { } state) recorded = recorded.About(await jobs.JobInAsync(state, isOrdered: recorded.Method != "GET"));
        wrong.AddRange(Comparison.Of(face, recorded, await recorded.ReplayAsync(face == "v1" ? node.V1Port : node.Port)));
    }
}
