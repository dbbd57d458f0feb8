using Chunnel.Rest;
using Chunnel.Server;

namespace Chunnel.Client.Tests;

/// <summary>A real node on a free port, with a log file a job, and a client of it.</summary>
public sealed class NodeFixture : IAsyncLifetime
{
    private readonly string _logs = Directory.CreateTempSubdirectory("chunnel-client-").FullName;
    private Node? _node;

    public ChunnelClient Client { get; private set; } = null!;

    public Uri Url => new($"http://127.0.0.1:{_node!.HttpPort}");

    public async ValueTask InitializeAsync()
    {
        var settings = new NodeSettings { LogsFolder = _logs, Http = new HttpSettings { Port = 0 } };
        _node = await Node.StartAsync(settings, TimeProvider.System, TestContext.Current.CancellationToken);
        Client = new ChunnelClient(new ServerAddress(Url));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_node is not null) await _node.DisposeAsync();
        Directory.Delete(_logs, recursive: true);
    }
}
