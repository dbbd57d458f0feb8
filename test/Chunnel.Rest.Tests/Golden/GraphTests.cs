using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>Jobs of every form, submitted as they were to a real server: the same graph, names and counters come of them (rest-api.md 39 to 43, 45 to 47, 59, 60, 64, 65, 70).</summary>
public sealed class GraphTests(SharedNode shared) : IClassFixture<SharedNode>
{
    /// <summary>Where two inputs meet in one sink that server counts both under the first one's table; here each path has its own.</summary>
    private const string FanIn = "graph-fan-in";

    private const string SubmitEnding = "-submit";

    private static readonly string[] _counters = ["SourceReceivedCount", "SourceReceivedBytes", "SinkWriteCount", "SinkWriteBytes"];

    public static TheoryData<string> Graphs =>
        [.. Exchange.All("v2").Select(exchange => exchange.Case).Where(name => name.StartsWith("graph-", StringComparison.Ordinal) && name.EndsWith(SubmitEnding, StringComparison.Ordinal)).Select(name => name[..^SubmitEnding.Length])];

    private NodeUnderTest Node => shared.Node;

    [Theory]
    [MemberData(nameof(Graphs))]
    public async Task The_same_graph_and_counters(string name)
    {
        var submitted = await Exchange.Of("v2", $"{name}{SubmitEnding}").ReplayAsync(Node.Port);
        submitted.Status.ShouldBe(200, submitted.Body);
        var answer = (await Node.WaitAsync(submitted.Json.GetProperty("jobId").GetString()!, "FINISHED", "FAILED")).Json;
        var recorded = Exchange.Of("v2", $"{name}-job-info").AnswerJson;
        Shape.Of(answer, inOrder: true).ShouldBe(Shape.Of(recorded, inOrder: true));
        answer.GetProperty("jobStatus").GetString().ShouldBe("FINISHED", answer.ToString());
        Texts(answer, "pipelineEdges").ShouldBe(Texts(recorded, "pipelineEdges"));
        Texts(answer, "envOptions").ShouldBe(Texts(recorded, "envOptions"));
        var metrics = (Ours: answer.GetProperty("metrics"), Theirs: recorded.GetProperty("metrics"));
        foreach (var counter in _counters) metrics.Ours.GetProperty(counter).GetString().ShouldBe(metrics.Theirs.GetProperty(counter).GetString(), counter);
        if (name == FanIn) return;
        Texts(answer, "vertexInfoMap").ShouldBe(Texts(recorded, "vertexInfoMap"));
        foreach (var counter in _counters) Sorted(metrics.Ours.GetProperty($"Table{counter}")).ShouldBe(Sorted(metrics.Theirs.GetProperty($"Table{counter}")), counter);
    }

    private static string Texts(JsonElement job, string member) => job.GetProperty("jobDag").GetProperty(member).ToString().Replace(" ", "", StringComparison.Ordinal);

    private static string Sorted(JsonElement map) => string.Join(", ", map.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}={member.Value}"));
}
