namespace Chunnel.Rest.Tests;

/// <summary>rest-api.md 1.7.</summary>
public sealed class PageTests
{
    /// <summary>rest-api.md 18.</summary>
    [Theory]
    [InlineData("", "/")]
    [InlineData("/seatunnel", "/seatunnel")]
    [InlineData("/seatunnel", "/seatunnel/")]
    public async Task The_root_is_a_page(string context, string path)
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Http = settings.Http with { ContextPath = context } });
        var page = await node.GetAsync(path);
        page.Status.ShouldBe(200);
        page.ContentType.ShouldBe("text/html; charset=utf-8");
        page.Body.ShouldContain("<html");
        page.Body.ShouldContain("<title>Seatunnel Engine UI</title>");
        page.Body.ShouldContain($"<base href=\"{context}/\">");
        page.Headers["Content-Security-Policy"].ShouldContain("default-src 'none'");
    }

    /// <summary>Works without the internet: all that the page loads, the node has, and every place that it links or asks answers.</summary>
    [Fact]
    public async Task Everything_the_page_needs_comes_from_the_node()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var page = (await node.GetAsync("/")).Body;
        var script = await node.GetAsync("/ui/status.js");
        script.ContentType.ShouldBe("text/javascript; charset=utf-8");
        (page + script.Body).ShouldNotContain("http://");
        (page + script.Body).ShouldNotContain("https://");
        script.Body.ShouldNotContain("innerHTML");
        var named = System.Text.RegularExpressions.Regex.Matches(page + script.Body, """(?:href|src)="(?<at>[^"/][^"]*)"|ask\('(?<at>[^']+)'\)""").Select(match => match.Groups["at"].Value).Distinct().ToList();
        named.ShouldContain("running-jobs");
        foreach (var at in named) (await node.GetAsync($"/{at}")).Status.ShouldBe(200, at);
    }

    /// <summary>rest-api.md 19.</summary>
    [Fact]
    public async Task Other_places_and_methods_are_refused()
    {
        await using var node = await NodeUnderTest.StartAsync();
        (await node.GetAsync("/index.html")).Status.ShouldBe(404);
        (await node.PostAsync("/", "x")).Status.ShouldBe(405);
        (await node.PostAsync("/overview", "x")).Status.ShouldBe(405);
        (await node.V1GetAsync("/ui/status.js")).Status.ShouldNotBe(200);
    }
}
