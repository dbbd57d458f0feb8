using System.Net.Sockets;
using System.Text;

namespace Chunnel.Rest.Tests;

/// <summary>What the body of a request may ask of a node.</summary>
public sealed class BodyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_413(bool v2)
    {
        await using var node = await LimitedAsync(new BodyLimits { Most = 1000 });
        var body = new string(' ', 2000);
        var answer = v2 ? await node.PostAsync("/submit-job", body) : await node.V1PostAsync("/submit-job", body);
        answer.Status.ShouldBe(413);
        answer.Json.GetProperty("status").GetString().ShouldBe("fail");
        answer.Json.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    /// <summary>The form, the file in it, and both faces' other bodies are limited apart.</summary>
    [Theory]
    [InlineData(600, 2000, 413)]
    [InlineData(2000, 300, 413)]
    [InlineData(2000, 600, 200)]
    public async Task A_form_and_the_file_in_it_have_limits_of_their_own(long form, long file, int status)
    {
        await using var node = await LimitedAsync(new BodyLimits { MostUpload = form, MostUploadFile = file });
        var text = Jobs.Short.PadRight(500);
        var body = $"--b\r\nContent-Disposition: form-data; name=\"config_file\"; filename=\"a.json\"\r\n\r\n{text}\r\n--b--\r\n".PadRight(1000);
        var answer = await node.PostAsync("/submit-job/upload", body, "multipart/form-data; boundary=b");
        answer.Status.ShouldBe(status, answer.Body);
        if (status == 413) answer.Json.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        (await node.PostAsync("/submit-job", Jobs.Short.PadRight(5000))).Status.ShouldBe(200, "only forms are limited");
    }

    /// <summary>A byte now and then holds no request for ever.</summary>
    [Fact]
    public async Task A_body_that_takes_too_long_is_408()
    {
        await using var node = await LimitedAsync(new BodyLimits { Patience = TimeSpan.FromMilliseconds(300) });
        var stop = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", node.Port, stop);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /submit-job HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{"), stop);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, stop);
        var answer = Answer.Parse(read.ToArray());
        answer.Status.ShouldBe(408);
        answer.Json.GetProperty("message").GetString()!.ShouldContain("was not there after 0.3 s");
    }

    /// <summary>rest-api.md 17.</summary>
    [Fact]
    public async Task No_header_lets_other_sites_in()
    {
        await using var node = await NodeUnderTest.StartAsync();
        foreach (var method in new[] { "GET", "OPTIONS", "HEAD" })
        {
            (await RawHttp.SendAsync(node.Port, method, "/overview")).Headers.Keys.ShouldNotContain(name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>rest-api.md 20.</summary>
    [Fact]
    public async Task A_chinese_name_comes_back_from_query_and_body()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var byQuery = await node.PostAsync($"/submit-job?jobName={Uri.EscapeDataString("中文任务")}", Jobs.Short);
        byQuery.Json.GetProperty("jobName").GetString().ShouldBe("中文任务");
        var byBody = await node.SubmitAsync(Jobs.Short.Replace("\"short\"", "\"文件任务\"", StringComparison.Ordinal));
        var answer = await node.WaitAsync(byBody, "FINISHED");
        answer.Json.GetProperty("jobName").GetString().ShouldBe("文件任务");
        answer.Body.ShouldContain("文件任务");
    }

    private static Task<NodeUnderTest> LimitedAsync(BodyLimits limits) =>
        NodeUnderTest.StartAsync(node => node with { Http = node.Http with { Bodies = limits } });
}
