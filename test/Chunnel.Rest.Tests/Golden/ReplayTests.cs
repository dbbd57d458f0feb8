using System.Globalization;
using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>Asks a node of ours what a real server was asked, and holds the answers against each other (golden/README.md).</summary>
public sealed class ReplayTests(SharedNode shared) : IClassFixture<SharedNode>
{
    /// <summary>Where two inputs meet in one sink that server counts both under the first one's table; here each path has its own.</summary>
    private const string FanIn = "graphs/graph-fan-in";

    private static readonly string[] _counters = ["SourceReceivedCount", "SourceReceivedBytes", "SinkWriteCount", "SinkWriteBytes"];

    private NodeUnderTest Node => shared.Node;

    public static TheoryData<string> Exact => Exchange.Names("exact");

    public static TheoryData<string> Accepted => Exchange.Names("accepted");

    public static TheoryData<string> Refused => Exchange.Names("refused");

    public static TheoryData<string> Places => Exchange.Names("places");

    public static TheoryData<string> Graphs =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "golden/graphs"), "*-submit.json").Select(file => $"graphs/{Path.GetFileName(file)[..^"-submit.json".Length]}").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Exact))]
    public async Task Answered_letter_for_letter(string name)
    {
        await using var fresh = await NodeUnderTest.StartAsync();
        var recorded = Exchange.Read(name);
        var answer = await recorded.ReplayAsync(fresh.Port);
        answer.Status.ShouldBe(recorded.Status);
        answer.Body.ShouldBe(recorded.AnswerBody);
        answer.ContentType.ShouldBe(recorded.AnswerType);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task Taken_under_the_same_name(string name)
    {
        var recorded = Exchange.Read(name);
        var answer = await recorded.ReplayAsync(Node.Port);
        answer.Status.ShouldBe(200, answer.Body);
        Shape.Of(answer.Json, inOrder: true).ShouldBe(Shape.Of(recorded.AnswerJson, inOrder: true));
        answer.Json.GetProperty("jobName").GetString().ShouldBe(recorded.AnswerJson.GetProperty("jobName").GetString());
        answer.Json.GetProperty("jobId").GetString()!.ShouldMatch(@"^-?\d{1,19}$");
    }

    /// <summary>Architecture decision: no 500 for a caller's mistake; a text and a cure instead.</summary>
    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Refused_with_a_reason(string name)
    {
        var answer = await Exchange.Read(name).ReplayAsync(Node.Port);
        answer.Status.ShouldBe(400, answer.Body);
        answer.ContentType.ShouldBe("application/json;charset=utf-8");
        answer.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["status", "message"]);
        answer.Json.GetProperty("status").GetString().ShouldBe("fail");
        var message = answer.Json.GetProperty("message").GetString()!;
        message.ShouldNotBeNullOrWhiteSpace();
        message.ShouldNotContain("Object reference");
        message.ShouldNotContain("Exception");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Not_served_with_the_same_status(string name)
    {
        var recorded = Exchange.Read(name);
        (await recorded.ReplayAsync(Node.Port)).Status.ShouldBe(recorded.Status);
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public async Task The_same_graph_and_counters(string name)
    {
        var submitted = await Exchange.Read($"{name}-submit").ReplayAsync(Node.Port);
        submitted.Status.ShouldBe(200, submitted.Body);
        var answer = (await Node.WaitAsync(submitted.Json.GetProperty("jobId").GetString()!, "FINISHED", "FAILED")).Json;
        var recorded = Exchange.Read($"{name}-job-info").AnswerJson;
        Shape.Of(answer, inOrder: true).ShouldBe(Shape.Of(recorded, inOrder: true));
        answer.GetProperty("jobStatus").GetString().ShouldBe("FINISHED", answer.ToString());
        Texts(answer, "jobDag", "pipelineEdges").ShouldBe(Texts(recorded, "jobDag", "pipelineEdges"));
        Texts(answer, "jobDag", "envOptions").ShouldBe(Texts(recorded, "jobDag", "envOptions"));
        var metrics = (Ours: answer.GetProperty("metrics"), Theirs: recorded.GetProperty("metrics"));
        foreach (var counter in _counters) metrics.Ours.GetProperty(counter).GetString().ShouldBe(metrics.Theirs.GetProperty(counter).GetString(), counter);
        if (name == FanIn) return;
        Texts(answer, "jobDag", "vertexInfoMap").ShouldBe(Texts(recorded, "jobDag", "vertexInfoMap"));
        foreach (var counter in _counters) Sorted(metrics.Ours.GetProperty($"Table{counter}")).ShouldBe(Sorted(metrics.Theirs.GetProperty($"Table{counter}")), counter);
    }

    /// <summary>rest-api.md 2.3: plain decimals with a fraction digit, never an exponent.</summary>
    [Fact]
    public async Task Rates_are_plain_decimals()
    {
        var answer = await Node.WaitAsync(await Node.SubmitAsync(Jobs.Short), "FINISHED");
        var rates = answer.Json.GetProperty("metrics").EnumerateObject().Where(member => member.Name.EndsWith("QPS", StringComparison.Ordinal) || member.Name.EndsWith("PerSeconds", StringComparison.Ordinal)).ToList();
        rates.Count.ShouldBe(12);
        foreach (var rate in rates.Where(rate => rate.Value.ValueKind == JsonValueKind.String))
        {
            rate.Value.GetString()!.ShouldMatch(@"^\d+\.\d+$");
            double.Parse(rate.Value.GetString()!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        }
    }

    [Theory]
    [InlineData("objects/overview-fresh")]
    [InlineData("objects/overview-slash")]
    [InlineData("objects/overview-deeper")]
    [InlineData("objects/overview-tag-nomatch")]
    [InlineData("objects/overview-tag-emptyvalue")]
    [InlineData("objects/overview-tag-novalue")]
    [InlineData("objects/overview-tag-repeated")]
    public async Task Overviews_have_the_same_members_and_workers(string name)
    {
        var recorded = Exchange.Read(name);
        var answer = await recorded.ReplayAsync(Node.Port);
        // The document names the workers before the jobs, that server after them.
        Shape.Of(answer.Json, inOrder: false).ShouldBe(Shape.Of(recorded.AnswerJson, inOrder: false));
        answer.Json.GetProperty("workers").GetString().ShouldBe(recorded.AnswerJson.GetProperty("workers").GetString());
        answer.Json.GetProperty("works").GetString().ShouldBe(answer.Json.GetProperty("workers").GetString());
    }

    [Fact]
    public async Task Jobs_that_run_and_jobs_that_were_stopped_have_the_same_members()
    {
        var jobId = await Node.SubmitAsync(Jobs.Endless);
        var running = (await Node.WaitAsync(jobId, "RUNNING")).Json;
        Shape.Of(running, inOrder: true).ShouldBe(Shape.Of(Exchange.Read("objects/job-info-running").AnswerJson, inOrder: true));
        (await Node.PostAsync("/stop-job", $$"""{"jobId": {{jobId}}}""")).Status.ShouldBe(200);
        var canceled = (await Node.WaitAsync(jobId, "CANCELED")).Json;
        Shape.Of(canceled, inOrder: true).ShouldBe(Shape.Of(Exchange.Read("objects/job-info-cancel-canceled").AnswerJson, inOrder: true));
    }

    private static string Texts(JsonElement job, string first, string second) => job.GetProperty(first).GetProperty(second).ToString().Replace(" ", "", StringComparison.Ordinal);

    private static string Sorted(JsonElement map) => string.Join(", ", map.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}={member.Value}"));
}
