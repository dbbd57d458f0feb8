using Chunnel.Cli.Commands;
using Chunnel.Cli.SeaTunnel;

namespace Chunnel.Cli;

/// <summary>The one program. <c>bin/seatunnel.sh</c> and <c>bin/seatunnel-cluster.sh</c> come in by their own first word.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args switch
    {
        ["seatunnel", .. var rest] => SeaTunnelCommand.RunAsync(rest),
        ["seatunnel-cluster", .. var rest] => SeaTunnelClusterCommand.RunAsync(rest),
        _ => ChunnelCommand.RunAsync(args),
    };
}
