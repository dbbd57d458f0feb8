namespace Chunnel.Rest.Tests;

/// <summary>Where a node can be reached is where it says that it can.</summary>
public sealed class HttpStatusTests
{
    [Fact]
    public async Task The_ports_that_were_found_are_told_and_no_secret()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Http = settings.Http with { ContextPath = "/seatunnel", PortRange = 7 } });
        var answer = await node.GetAsync("/seatunnel/http-service/status");
        answer.Body.ShouldBe($$"""
            {"httpEnabled":true,"httpsEnabled":false,"contextPath":"/seatunnel","configuredHttpPort":0,"configuredHttpsPort":null,
            "httpPort":{{node.Port}},"httpsPort":null,"dynamicPortEnabled":true,"portRange":7,"basicAuthEnabled":false,"mutualTlsEnabled":false}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task The_worker_is_known_by_the_port_that_was_found()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var address = $"localhost:{node.V1Port}";
        (await node.GetAsync("/resource/workers")).Json.GetProperty("workers")[0].GetProperty("address").GetString().ShouldBe(address);
        (await node.GetAsync("/pending-jobs")).Json.GetProperty("clusterSnapshot").GetProperty("workers")[0].GetProperty("address").GetString().ShouldBe(address);
        (await node.GetAsync("/system-monitoring-information")).Json[0].GetProperty("port").GetString().ShouldBe($"{node.V1Port}");
    }

    [Fact]
    public async Task Open_connections_are_counted()
    {
        await using var node = await NodeUnderTest.StartAsync();
        (await CountAsync()).ShouldBe((1, 1));
        using var idle = await ConnectAsync(node.V1Port);
        using var other = await ConnectAsync(node.Port);
        // The connection of the question before may still be closing.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var counted = await CountAsync();
        while (counted != (2, 3) && await timer.WaitForNextTickAsync(limit.Token)) counted = await CountAsync();

        async Task<(int V1, int All)> CountAsync()
        {
            var cluster = (await RawHttp.SendAsync(node.V1Port, "GET", "/hazelcast/rest/cluster")).Json;
            return (cluster.GetProperty("connectionCount").GetInt32(), cluster.GetProperty("allConnectionCount").GetInt32());
        }
    }

    /// <summary>A connection that has been answered once, and stays.</summary>
    private static async Task<System.Net.Sockets.TcpClient> ConnectAsync(int port)
    {
        var stop = TestContext.Current.CancellationToken;
        var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", port, stop);
        await client.GetStream().WriteAsync("HEAD /hazelcast/health/ready HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), stop);
        (await client.GetStream().ReadAsync(new byte[1000], stop)).ShouldBeGreaterThan(0);
        return client;
    }
}
