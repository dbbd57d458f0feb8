using System.CommandLine;
using Chunnel.Cli.Running;
using Chunnel.Server;

namespace Chunnel.Cli.Commands;

/// <summary><c>chunnel server</c>: a node that takes jobs over REST until it is told to stop.</summary>
internal static class ServerCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = "The folder with seatunnel.yaml and hazelcast.yaml (default: config)." };
        var command = new Command("server", "Start a node with the REST API.") { config };
        command.SetAction(parsed => RunAsync(parsed.GetValue(config), cluster: null));
        return command;
    }

    public static async Task<int> RunAsync(string? configFolder, string? cluster)
    {
        using var signals = new StopSignals();
        await using var node = await Node.StartAsync(NodeSettings.Load(configFolder, cluster), TimeProvider.System, signals.Asked);
        await Node.WaitAsync(signals.Asked);
        return ExitCodes.Success;
    }
}
