using System.Net;
using System.Net.Sockets;
using Chunnel.Core;
using Chunnel.Server;

namespace Chunnel.Rest.Tests;

public sealed class ServerTests
{
    /// <summary>rest-api.md 7.</summary>
    [Fact]
    public async Task Every_route_stands_below_the_context_path()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Http = settings.Http with { ContextPath = "/seatunnel" } });
        (await node.GetAsync("/seatunnel/overview")).Status.ShouldBe(200);
        (await node.GetAsync("/overview")).Status.ShouldBe(404);
        (await node.GetAsync("/seatunnelx/overview")).Status.ShouldBe(404);
        (await node.GetAsync("/seatunnel/logs?format=json")).Body.ShouldContain("http://127.0.0.1/seatunnel/logs/seatunnel-engine-server.log");
    }

    [Fact]
    public async Task A_path_that_nothing_answers_at_names_the_nearest()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var answer = await node.GetAsync("/runing-jobs");
        answer.Status.ShouldBe(404);
        answer.Json.GetProperty("status").GetString().ShouldBe("fail");
        answer.Json.GetProperty("message").GetString()!.ShouldContain("/running-jobs");
    }

    [Fact]
    public async Task Another_method_is_told_which_one_to_use()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var answer = await node.GetAsync("/submit-job");
        answer.Status.ShouldBe(405);
        answer.Headers["Allow"].ShouldContain("POST");
        (await RawHttp.SendAsync(node.Port, "OPTIONS", "/overview")).Headers["Allow"].ShouldContain("GET");
        var head = await RawHttp.SendAsync(node.Port, "HEAD", "/overview");
        head.Status.ShouldBe(200);
        head.Body.ShouldBeEmpty();
    }

    /// <summary>rest-api.md 31 to 33.</summary>
    [Fact]
    public async Task Workers_are_counted_by_their_tags()
    {
        var tags = new Dictionary<string, string> { ["zone"] = "az1", ["nul"] = "" };
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Tags = tags });
        foreach (var (query, workers) in new[] { ("zone=az1", "1"), ("zone=az%31", "1"), ("zone=az1&nul=", "1"), ("zone=az1&other=x", "0"), ("Zone=az1", "0"), ("zone=az2&zone=az1", "1"), ("zone", "0") })
        {
            (await node.GetAsync($"/overview?{query}")).Json.GetProperty("workers").GetString().ShouldBe(workers, query);
        }
    }

    /// <summary>rest-api.md 1: v2 from 8080 on, v1 from 5801 on, the first that is free.</summary>
    [Fact]
    public async Task A_node_with_the_settings_that_ship_answers_on_their_ports()
    {
        var shipped = NodeSettings.Load(Path.Combine(RepositoryFolder.Path, "config"), null, _ => null);
        (shipped.Http.Port, shipped.V1.Port, shipped.V1.Enabled).ShouldBe((8080, 5801, true));
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { Http = shipped.Http, V1 = shipped.V1 });
        // Another node may be running on this machine.
        node.Port.ShouldBeInRange(8080, 8180);
        node.V1Port.ShouldBeInRange(5801, 5900);
        (await node.GetAsync("/overview")).Status.ShouldBe(200);
        (await node.V1GetAsync("/overview")).Status.ShouldBe(200);
    }

    /// <summary>rest-api.md 2, 4, 5, 6: the next port is taken, a port held by datagrams is passed over, the last of the range counts.</summary>
    [Fact]
    public async Task A_taken_port_is_passed_over()
    {
        await OnFreePortsAsync(3, async first =>
        {
            using var held = Hold(first, SocketType.Stream, ProtocolType.Tcp);
            using var datagrams = Hold(first + 1, SocketType.Dgram, ProtocolType.Udp);
            await using var node = await NodeUnderTest.StartAsync(settings => settings with { Http = settings.Http with { Port = first, PortRange = 2 } });
            node.Port.ShouldBe(first + 2);
        });
    }

    /// <summary>rest-api.md 3, 5.</summary>
    [Fact]
    public async Task A_node_without_a_port_does_not_start()
    {
        await OnFreePortsAsync(1, async port =>
        {
            using var held = Hold(port, SocketType.Stream, ProtocolType.Tcp);
            var none = await Should.ThrowAsync<ChunnelException>(() => NodeUnderTest.StartAsync(settings => settings with { Http = settings.Http with { Port = port, PortRange = 0 } }));
            none.Message.ShouldContain("Jetty failed to start, No available port found in the range!");
            var only = await Should.ThrowAsync<ChunnelException>(() => NodeUnderTest.StartAsync(settings => settings with { Http = settings.Http with { Port = port, SearchesPort = false } }));
            only.Message.ShouldContain($"port {port}");
        });
    }

    private static Socket Hold(int port, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        if (type == SocketType.Stream) socket.Listen(1);
        return socket;
    }

    /// <summary>Finds some ports in a row that are free, below those that systems hand out by themselves.</summary>
    private static async Task OnFreePortsAsync(int count, Func<int, Task> act)
    {
        for (var first = 21_000; first < 31_000; first += count)
        {
            if (!Enumerable.Range(first, count).All(PortSearch.IsFree)) continue;
            await act(first);
            return;
        }
        Assert.Fail("no ports are free");
    }
}
