using Chunnel.Cli.Commands;
using Chunnel.Cli.SeaTunnel;

namespace Chunnel.Cli;

/// <summary>The one program. The scripts of <c>bin/</c> come in by their own first word.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args switch
    {
        ["seatunnel", .. var rest] => SeaTunnelCommand.RunAsync(rest),
        ["seatunnel-connector", .. var rest] => Task.FromResult(SeaTunnelConnectorCommand.Run(rest, Console.Out, Console.Error)),
        ["seatunnel-cluster", .. var rest] => SeaTunnelClusterCommand.RunAsync(rest),
        _ => ChunnelCommand.RunAsync(args),
    };
}
