using Chunnel.Cli.Commands;

namespace Chunnel.Cli.SeaTunnel;

/// <summary><c>bin/seatunnel-cluster.sh</c>: starts a node with SeaTunnel's flags (spec engine.md 14.7).</summary>
internal static class SeaTunnelClusterCommand
{
    private const string Help = """
        Usage: seatunnel-cluster.sh [options]
          Options:
            -cn, --cluster  The name of the cluster
            -d, --daemon    Run in the background
            -r, --role      master_and_worker (default), master or worker
            -h, --help      Show this text
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        string? cluster = null;
        var role = "master_and_worker";
        for (var at = 0; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "-h" or "--help":
                    Console.WriteLine(Help);
                    return ExitCodes.Usage;
                case "-r" or "--role" when at + 1 < args.Length: role = args[++at]; break;
                case "-cn" or "--cluster" when at + 1 < args.Length: cluster = args[++at]; break;
            }
        }
        if (role is not ("master_and_worker" or "master" or "worker"))
        {
            await Console.Error.WriteLineAsync($"Unknown node role: {role}");
            return ExitCodes.Failure;
        }
        if (role != "master_and_worker")
        {
            await Console.Error.WriteLineAsync($"The role {role} needs a cluster, which this build does not join yet. Start the node as master_and_worker.");
            return ExitCodes.Failure;
        }
        Console.WriteLine($"start {role} node");
        return await ServerCommand.RunAsync(configFolder: null, cluster);
    }
}
