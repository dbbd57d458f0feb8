using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Rest.Tests;

/// <summary>How a job is told in states that it passes too fast to be asked in: held against what a fast caller once caught of a real server.</summary>
public sealed class PassingStateTests
{
    private static readonly IReadOnlyDictionary<string, JobStatus> _states = Enum.GetValues<JobStatus>().ToDictionary(status => status.Name);

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task A_job_that_has_not_ended_is_told_alike_in_each_state(string face)
    {
        var recorded = Exchange.All(face).Where(exchange => exchange.IsOfPassingState).ToList();
        recorded.Select(exchange => exchange.Job).ShouldContain("DOING_SAVEPOINT");
        var view = await ViewAsync();
        var writer = new JobWriter(face == "v1" ? WireStyle.V1 : WireStyle.V2, TimeZoneInfo.Utc);
        var wrong = recorded.SelectMany(exchange => Comparison.Of(face, exchange, AnswerOf(writer, view with { Status = _states[exchange.Job!] }))).ToList();
        if (wrong.Count > 0) Assert.Fail($"{wrong.Count} answers differ:\n{string.Join('\n', wrong)}");
    }

    private static Answer AnswerOf(JobWriter writer, JobView view) =>
        new(200, new Dictionary<string, string> { ["Content-Type"] = BytesReply.Json }, System.Text.Encoding.UTF8.GetString(BytesReply.Written(json => writer.WriteOne(json, view, withExtras: false)).Span));

    private static async Task<JobView> ViewAsync()
    {
        using var logs = new NodeLogs(null, "", null, TimeProvider.System);
        await using var engine = new ChunnelEngine(new EngineSettings(), InstalledPlugins.Look().Registry, logs, TimeProvider.System);
        var job = JobLoader.TryLoad(new JobText(Jobs.Endless, JobFormat.Json)).Definition.ShouldNotBeNull();
        var handle = await engine.SubmitAsync(new JobSubmission { Definition = job }, TestContext.Current.CancellationToken);
        return handle.View;
    }
}
