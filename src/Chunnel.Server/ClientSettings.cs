using Chunnel.Core;

namespace Chunnel.Server;

/// <summary>What <c>hazelcast-client.yaml</c> says about the nodes that a client talks to.</summary>
public sealed record ClientSettings
{
    /// <summary>Nodes as <c>host:port</c>, with the port that nodes know each other by.</summary>
    public IReadOnlyList<string> Members { get; init; } = ["localhost:5801"];

    /// <summary>How long a node may take to answer at first.</summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Reads the file that <c>HAZELCAST_CLIENT_CONFIG</c> names, else the one in <c>config/</c>; what ships holds where there is none.</summary>
    /// <exception cref="ProblemsException">Everything that is wrong with it.</exception>
    /// <exception cref="ChunnelException">The file that was named is not there.</exception>
    public static ClientSettings Load() => Load(Environment.GetEnvironmentVariable);

    internal static ClientSettings Load(Func<string, string?> environment)
    {
        if (SettingsFiles.Find(null, environment).HazelcastClient is not { } file) return new ClientSettings();
        var problems = new List<Problem>();
        var settings = HazelcastClientYaml.Read(file, File.ReadAllText(file), new ClientSettings(), problems);
        var wrong = problems.Where(problem => problem.Severity == Severity.Error).ToList();
        return wrong.Count > 0 ? throw new ProblemsException(wrong) : settings;
    }
}
