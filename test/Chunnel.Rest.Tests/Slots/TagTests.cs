namespace Chunnel.Rest.Tests;

/// <summary>The tags of a node: what carries them, what changes them, who looks for them (spec rest-api.md 5.1, 9).</summary>
public sealed class TagTests
{
    private const string Done = """{"status":"success","message":"update node tags done."}""";

    /// <summary>rest-api.md 31, 32, 33, 124, 125.</summary>
    [Fact]
    public async Task All_tags_are_replaced_and_cleared_and_seen_at_once()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Tags = new Dictionary<string, string> { ["zone"] = "az1" } });
        (await WorkersAsync(node, "zone=az1")).ShouldBe("1");
        (await node.PostAsync("/update-tags", """{"tag1":"dev_1","tag2":"dev_2"}""")).Body.ShouldBe(Done);
        (await WorkersAsync(node, "zone=az1")).ShouldBe("0");
        (await WorkersAsync(node, "tag1=dev_1")).ShouldBe("1");
        (await WorkersAsync(node, "tag1=dev_1&tag2=dev_2")).ShouldBe("1");
        (await WorkersAsync(node, "tag1=dev_1&tag2=other")).ShouldBe("0");
        (await node.PostAsync("/update-tags", "{}")).Body.ShouldBe(Done);
        (await WorkersAsync(node, "tag1=dev_1")).ShouldBe("0");
        (await WorkersAsync(node, "")).ShouldBe("1");
    }

    /// <summary>rest-api.md 125.</summary>
    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task V1_changes_the_same_tags(string method)
    {
        await using var node = await NodeUnderTest.StartAsync();
        (await node.V1PostAsync("/update-tags", """{"zone":"az1"}""", method)).Body.ShouldBe(Done);
        (await WorkersAsync(node, "zone=az1")).ShouldBe("1");
        (await node.V1GetAsync("/overview?zone=az1")).Json.GetProperty("workers").GetString().ShouldBe("1");
    }

    [Theory]
    [InlineData("n=1")]
    [InlineData("f=1.5")]
    [InlineData("b=true")]
    [InlineData("nul=")]
    [InlineData("nul")]
    [InlineData("o=%7Ba%3D1%7D")]
    [InlineData("l=%5B1,%202%5D")]
    public async Task Values_of_every_kind_become_text(string filter)
    {
        await using var node = await NodeUnderTest.StartAsync();
        (await node.PostAsync("/update-tags", """{"n":1,"f":1.5,"b":true,"nul":null,"o":{"a":1},"l":[1,2]}""")).Body.ShouldBe(Done);
        (await WorkersAsync(node, filter)).ShouldBe("1");
    }

    /// <summary>rest-api.md 21, 22, 125.</summary>
    [Theory]
    [InlineData("", "Request body is empty.")]
    [InlineData(" \n", "Request body is empty.")]
    [InlineData("[]", "Invalid JSON format in request body.")]
    [InlineData("12", "Invalid JSON format in request body.")]
    [InlineData("null", "Invalid JSON format in request body.")]
    [InlineData("{\"a\":", "Invalid JSON format in request body.")]
    public async Task A_body_that_is_no_object_changes_nothing(string body, string text)
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Tags = new Dictionary<string, string> { ["zone"] = "az1" } });
        var answer = await node.PostAsync("/update-tags", body);
        answer.Status.ShouldBe(400);
        answer.Body.ShouldBe($$"""{"status":"fail","message":"{{text}}"}""");
        (await WorkersAsync(node, "zone=az1")).ShouldBe("1");
    }

    /// <summary>engine.md 131, 132, 133.</summary>
    [Fact]
    public async Task A_job_runs_where_its_tags_are_and_fails_where_they_are_not()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var tagged = Jobs.Short.Replace("\"BATCH\"", "\"BATCH\", \"tag_filter\": { \"zone\": \"az1\" }", StringComparison.Ordinal);
        var failed = await node.WaitAsync(await node.SubmitAsync(tagged), "FAILED");
        failed.Json.GetProperty("errorMsg").GetString()!.ShouldContain("NoEnoughResourceException");
        failed.Json.GetProperty("errorMsg").GetString()!.ShouldContain("None of 1 worker carries the tags {zone=az1}");
        await node.PostAsync("/update-tags", """{"zone":"az1"}""");
        await node.WaitAsync(await node.SubmitAsync(tagged), "FINISHED");
    }

    private static async Task<string?> WorkersAsync(NodeUnderTest node, string filter)
    {
        var overview = await node.GetAsync($"/overview?{filter}");
        overview.Status.ShouldBe(200);
        return overview.Json.GetProperty("workers").GetString();
    }
}
