using Chunnel.Client;
using Chunnel.Rest;
using Chunnel.Server;

namespace Chunnel.Cli.Tests;

/// <summary>A real node on a free port, and a client of it.</summary>
internal sealed class NodeUnderTest : IAsyncDisposable
{
    private readonly string _logs = Directory.CreateTempSubdirectory("chunnel-jobs-").FullName;
    private Node? _node;
    private ChunnelClient? _client;

    public Uri Url => new($"http://127.0.0.1:{_node!.HttpPort}");

    public ChunnelClient Client => _client!;

    public async ValueTask StartAsync()
    {
        _node = await Node.StartAsync(new NodeSettings { LogsFolder = _logs, Http = new HttpSettings { Port = 0 } }, TimeProvider.System, TestContext.Current.CancellationToken);
        _client = new ChunnelClient(new ServerAddress(Url));
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_node is not null) await _node.DisposeAsync();
        Directory.Delete(_logs, recursive: true);
    }
}
