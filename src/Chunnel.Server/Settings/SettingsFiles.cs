using Chunnel.Core;

namespace Chunnel.Server;

/// <summary>Where a node's settings lie (spec engine.md 12, 13).</summary>
/// <param name="SeaTunnel">The path of <c>seatunnel.yaml</c>, or null: what ships holds.</param>
/// <param name="Hazelcast">The path of <c>hazelcast.yaml</c>, or null.</param>
/// <param name="HazelcastClient">The path of <c>hazelcast-client.yaml</c>, or null.</param>
internal sealed record SettingsFiles(string? SeaTunnel, string? Hazelcast, string? HazelcastClient)
{
    private const string SeaTunnelName = "seatunnel.yaml";
    private const string HazelcastName = "hazelcast.yaml";
    private const string HazelcastClientName = "hazelcast-client.yaml";

    /// <param name="folder">What <c>--config</c> says; it wins.</param>
    /// <param name="environment">Finds <c>SEATUNNEL_CONFIG</c>, <c>HAZELCAST_CONFIG</c>, <c>HAZELCAST_CLIENT_CONFIG</c> and the program's home, <c>CHUNNEL_HOME</c>.</param>
    /// <exception cref="ChunnelException">A file that was named is not there.</exception>
    public static SettingsFiles Find(string? folder, Func<string, string?> environment)
    {
        if (folder is not null)
        {
            return new SettingsFiles(Named(Path.Combine(folder, SeaTunnelName)), Maybe(Path.Combine(folder, HazelcastName)), Maybe(Path.Combine(folder, HazelcastClientName)));
        }
        string[] homes = environment("CHUNNEL_HOME") is { Length: > 0 } home ? ["config", Path.Combine(home, "config")] : ["config"];
        return new SettingsFiles(
            ByVariable("SEATUNNEL_CONFIG", SeaTunnelName) ?? InHomes(SeaTunnelName),
            ByVariable("HAZELCAST_CONFIG", HazelcastName) ?? InHomes(HazelcastName),
            ByVariable("HAZELCAST_CLIENT_CONFIG", HazelcastClientName) ?? InHomes(HazelcastClientName));

        string? InHomes(string name) => homes.Select(candidate => Maybe(Path.Combine(candidate, name))).FirstOrDefault(path => path is not null);

        string? ByVariable(string variable, string name) =>
            environment(variable) is { Length: > 0 } path ? Named(Directory.Exists(path) ? Path.Combine(path, name) : path) : null;
    }

    private static string Named(string path) => Maybe(path) ?? throw new ChunnelException(CommonErrors.FileMissing("'SeaTunnel'", "read", path), "There is no such settings file.")
    {
        Mend = "Copy config/ of the program there, or leave --config and the variables SEATUNNEL_CONFIG, HAZELCAST_CONFIG, HAZELCAST_CLIENT_CONFIG out.",
    };

    private static string? Maybe(string path) => File.Exists(path) ? path : null;
}
