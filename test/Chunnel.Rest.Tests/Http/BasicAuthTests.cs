using System.Net.Sockets;
using System.Text;

namespace Chunnel.Rest.Tests;

/// <summary>rest-api.md 1.6.</summary>
public sealed class BasicAuthTests
{
    /// <summary>rest-api.md 12, 16: every path of v2, those that are not there too.</summary>
    [Theory]
    [InlineData("/overview")]
    [InlineData("/")]
    [InlineData("/ui/status.js")]
    [InlineData("/metrics")]
    [InlineData("/logs")]
    [InlineData("/nowhere")]
    public async Task Without_a_password_nothing_is_answered(string path)
    {
        await using var node = await LockedAsync(new BasicAuthSettings("me", "s3cret:with:colons"));
        var answer = await node.GetAsync(path);
        answer.Status.ShouldBe(401);
        answer.Headers["WWW-Authenticate"].ShouldBe("Basic realm=\"SeaTunnel Web UI\"");
        answer.Body.ShouldBe("""{"status":"fail","message":"Unauthorized"}""");
    }

    /// <summary>rest-api.md 13.</summary>
    [Theory]
    [InlineData("Basic", "me:s3cret:with:colons", 200)]
    [InlineData("Basic", "me:s3cret:with:colon", 401)]
    [InlineData("Basic", "me:s3cret", 401)]
    [InlineData("Basic", "Me:s3cret:with:colons", 401)]
    [InlineData("Basic", "", 401)]
    [InlineData("basic", "me:s3cret:with:colons", 401)]
    [InlineData("Bearer", "me:s3cret:with:colons", 401)]
    public async Task Only_the_right_password_opens(string scheme, string who, int status)
    {
        await using var node = await LockedAsync(new BasicAuthSettings("me", "s3cret:with:colons"));
        (await GetAsync(node.Port, $"{scheme} {Convert.ToBase64String(Encoding.UTF8.GetBytes(who))}")).Status.ShouldBe(status);
        (await GetAsync(node.Port, $"{scheme} ///not-base64")).Status.ShouldBe(401);
    }

    /// <summary>rest-api.md 14.</summary>
    [Fact]
    public async Task Admin_and_admin_is_what_holds_when_nothing_is_said()
    {
        await using var node = await LockedAsync(new BasicAuthSettings());
        (await GetAsync(node.Port, $"Basic {Convert.ToBase64String("admin:admin"u8)}")).Status.ShouldBe(200);
    }

    /// <summary>rest-api.md 15.</summary>
    [Fact]
    public async Task The_first_version_is_never_locked()
    {
        await using var node = await LockedAsync(new BasicAuthSettings());
        (await node.V1GetAsync("/overview")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_password_may_hold_any_letter()
    {
        await using var node = await LockedAsync(new BasicAuthSettings("müller", "пароль密码"));
        (await GetAsync(node.Port, $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("müller:пароль密码"))}")).Status.ShouldBe(200);
    }

    private static Task<NodeUnderTest> LockedAsync(BasicAuthSettings settings) =>
        NodeUnderTest.StartAsync(node => node with { Http = node.Http with { BasicAuth = settings } });

    private static async Task<Answer> GetAsync(int port, string authorization)
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, stop);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /overview HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: {authorization}\r\n\r\n"), stop);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, stop);
        return Answer.Parse(answer.ToArray());
    }
}
