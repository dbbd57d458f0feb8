using System.CommandLine;
using Chunnel.Cli.Running;
using Chunnel.Core;
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
        try
        {
            var settings = NodeSettings.Load(configFolder, cluster);
            foreach (var warning in settings.Warnings) await Console.Error.WriteLineAsync(warning.ToString());
            await using var node = await Node.StartAsync(settings, TimeProvider.System, signals.Asked);
            await Console.Out.WriteLineAsync(node.HttpPort is { } port ? $"The node listens on port {port}." : "The node runs; http.enable-http is not true, so it takes no requests.");
            await node.WaitAsync(signals.Asked);
            return ExitCodes.Success;
        }
        catch (ChunnelException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ExitCodes.Failure;
        }
    }
}
