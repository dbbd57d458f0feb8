using System.Net;
using System.Net.Sockets;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>Addresses as users of the Java driver write them reach a real server.</summary>
public sealed class ConnectionTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?targetServerType=primary")]
    [InlineData("?loadBalanceHosts=true")]
    [InlineData("?targetServerType=preferSecondary&loadBalanceHosts=true")]
    public async Task Of_several_hosts_the_one_that_answers_is_taken(string parameters)
    {
        await using var db = await Db.OpenAsync("create table t(id int, mood text); insert into t values (1, 'calm');");
        foreach (var hosts in new[] { $"127.0.0.1:{db.Port}", $"127.0.0.1:{ClosedPort()},127.0.0.1:{db.Port}" })
        {
            var json = db.Json("\"table_path\": \"public.t\"").Replace($"127.0.0.1:{db.Port}/{db.Name}", $"{hosts}/{db.Name}{parameters}", StringComparison.Ordinal);
            json.ShouldContain(hosts + "/" + db.Name + parameters);
            await using var source = await new JdbcSourcePlugin().CreateAsync(new() { Settings = TestSettings.Of(json), Mode = Core.JobMode.Batch, Say = _ => { } }, Db.Stop);
            var rows = await new SourceDrive(source, 1, Core.BatchMemory.Unlimited()).AllRowsAsync(Db.Stop);
            rows.Single().Row.Values.ShouldBe([1, "calm"]);
        }
    }

    /// <summary>One that nobody listens on: it was bound and let go.</summary>
    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
