using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Chunnel.Rest.Tests;

/// <summary>The API document, and whether the node does what it says.</summary>
public sealed class DocumentTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private NodeUnderTest Node => shared.Node;

    [Fact]
    public async Task Another_reader_of_OpenApi_takes_the_document()
    {
        var answer = await Node.GetAsync("/openapi.json");
        answer.Status.ShouldBe(200);
        var read = OpenApiDocument.Parse(answer.Body, OpenApiConstants.Json);
        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        read.Document!.Paths.Count.ShouldBeGreaterThan(5);
    }

    /// <summary>A route that is not described makes no document: the other tests find it.</summary>
    [Fact]
    public async Task Nothing_is_described_that_is_not_served()
    {
        var served = (await ContractAsync()).Operations.Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}").ToList();
        RouteDocs.Keys.Where(key => !served.Exists(operation => operation == key || operation.StartsWith(key + "/{", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_example_is_as_its_schema_says()
    {
        var contract = await ContractAsync();
        foreach (var (path, method, operation) in contract.Operations)
        {
            var (_, schema, example) = ApiContract.AnswerOf(operation);
            if (example is not null) contract.Mistakes(schema, AsElement(example)).ShouldBeEmpty($"the answer of {method} {path}");
            if (operation["requestBody"]?["content"]!.AsObject().Single().Value is { } body)
            {
                contract.Mistakes(body["schema"]!, AsElement(body["example"]!)).ShouldBeEmpty($"the body of {method} {path}");
            }
        }
    }

    [Fact]
    public async Task Every_question_is_answered_as_the_document_says()
    {
        var contract = await ContractAsync();
        var ended = await Node.SubmitAsync(Jobs.Short);
        var running = await Node.SubmitAsync(Jobs.Endless);
        await Node.WaitAsync(ended, "FINISHED");
        await Node.WaitAsync(running, "RUNNING");
        var failed = await Node.SubmitAsync(Jobs.Failing);
        await Node.WaitAsync(failed, "FAILED");
        foreach (var (path, _, operation) in contract.Operations.Where(operation => operation.Method == "get"))
        {
            foreach (var target in Targets(path, ended, running, failed))
            {
                var answer = await Node.GetAsync(target);
                answer.Status.ShouldBe(200, target);
                var (mediaType, schema, _) = ApiContract.AnswerOf(operation);
                answer.ContentType.ShouldStartWith(mediaType, Case.Insensitive, target);
                if (mediaType == "application/json") contract.Mistakes(schema, answer.Json).ShouldBeEmpty(target);
            }
        }
        await Node.PostAsync("/stop-job", $$"""{"jobId":{{running}}}""");
    }

    [Fact]
    public async Task The_example_of_submitting_and_stopping_works_as_it_stands()
    {
        var contract = await ContractAsync();
        foreach (var path in new[] { "/submit-job", "/stop-job" })
        {
            var operation = contract.Find(path, "post");
            var body = operation["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString();
            var answer = await Node.PostAsync(path, body);
            answer.Status.ShouldBe(200, answer.Body);
            contract.Mistakes(ApiContract.AnswerOf(operation).Schema, answer.Json).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task A_refusal_is_the_fail_object_that_the_document_shows()
    {
        var contract = await ContractAsync();
        var answer = await Node.PostAsync("/submit-job", "");
        answer.Status.ShouldBe(400);
        contract.Mistakes(ApiContract.AnswerOf(contract.Find("/submit-job", "post"), 400).Schema, answer.Json).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        var page = await Node.GetAsync("/openapi");
        page.Status.ShouldBe(200);
        page.ContentType.ShouldStartWith("text/html");
        page.Body.ShouldNotContain("http://");
        page.Body.ShouldNotContain("https://");
        page.Body.ShouldContain("src=\"/ui/openapi.js\"");
        (await Node.GetAsync("/ui/openapi.js")).Body.ShouldContain("fetch(\"openapi.json\")");
        (await Node.GetAsync("/ui/openapi.css")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_document_knows_the_context_path()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Http = settings.Http with { ContextPath = "/seatunnel" } });
        var answer = await node.GetAsync("/seatunnel/openapi.json");
        answer.Json.GetProperty("servers")[0].GetProperty("url").GetString().ShouldBe("/seatunnel");
    }

    private static IEnumerable<string> Targets(string path, params string[] jobs) =>
        path switch
        {
            "/logs" => ["/logs?format=json"],
            "/log/{name}" => [],
            "/option-rules" => ["/option-rules?type=source&plugin=FakeSource", "/option-rules?type=sink&plugin=LocalFile", "/option-rules?type=transform&plugin=Sql"],
            "/logs/{name}" => jobs.Select(job => $"/logs/{job}?format=json"),
            _ when path.StartsWith("/metrics/realtime/jobs/", StringComparison.Ordinal) => [path.Replace("{jobId}", jobs[1], StringComparison.Ordinal)],
            _ when path.Contains("{jobId}", StringComparison.Ordinal) => jobs.Append("123").Select(job => path.Replace("{jobId}", job, StringComparison.Ordinal)),
            _ when path.Contains("{state}", StringComparison.Ordinal) => [path.Replace("{state}", "failed", StringComparison.Ordinal)],
            _ => [path],
        };

    private static JsonElement AsElement(JsonNode node) => JsonSerializer.SerializeToElement(node);

    private async Task<ApiContract> ContractAsync() => new(JsonNode.Parse((await Node.GetAsync("/openapi.json")).Body)!.AsObject());
}
