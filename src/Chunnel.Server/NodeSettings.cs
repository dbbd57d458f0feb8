using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Rest;

namespace Chunnel.Server;

/// <summary>What <c>seatunnel.yaml</c> and <c>hazelcast.yaml</c> say about a node.</summary>
public sealed record NodeSettings
{
    public string ClusterName { get; init; } = "seatunnel";

    /// <summary>Where other nodes know this one: a number, not a name.</summary>
    public string MemberHost { get; init; } = "127.0.0.1";

    /// <summary>The node's attributes, as <c>member-attributes</c> give them.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>How slots are counted and given.</summary>
    public SlotSettings Slots { get; init; } = new();

    /// <summary>When checkpoints are taken, unless a job says otherwise.</summary>
    public CheckpointSettings Checkpoints { get; init; } = new();

    /// <summary>Where the node keeps what must outlive it; null: nothing does.</summary>
    public StorageSettings? Storage { get; init; }

    public HttpSettings Http { get; init; } = new();

    public V1Settings V1 { get; init; } = new();

    public WireChoices Wire { get; init; } = new();

    /// <summary>Where events of jobs are sent; null: nowhere.</summary>
    public EventReportSettings? Events { get; init; }

    /// <summary>How long ended jobs are remembered.</summary>
    public TimeSpan HistoryExpires { get; init; } = TimeSpan.FromMinutes(1440);

    /// <summary>Where the node and its jobs write their logs.</summary>
    public string LogsFolder { get; init; } = "logs";

    /// <summary>Whether a job's log file goes when the job is forgotten.</summary>
    public bool DeletesOldLogs { get; init; } = true;

    /// <summary>Jobs have no log files of their own: their lines go to the node's, as SeaTunnel ships.</summary>
    public bool MixesJobLogs { get; init; }

    /// <summary>Where plug-ins lie that do not come with the program.</summary>
    public IReadOnlyList<string> PluginFolders { get; init; } = InstalledPlugins.Folders;

    /// <summary>Whether jobs may bring code of their own: DynamicCompile.</summary>
    public bool RunsScripts { get; init; } = true;

    /// <summary>How often the node's log tells how busy it is.</summary>
    public TimeSpan InfoInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether Prometheus may read the node's metrics.</summary>
    public bool TellsMetrics { get; init; }

    /// <summary>Whether the last minutes of running jobs are kept for <c>/metrics/realtime</c>.</summary>
    public bool TellsRealtime { get; init; } = true;

    /// <summary>Where metrics are sent to; null sends none.</summary>
    public OtlpSettings? Otlp { get; init; }

    /// <summary>What the node says at its start: unknown keys, and what this build does not do.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];

    /// <summary>Reads both files; where there are none, what ships holds.</summary>
    /// <param name="configFolder">The folder of both; null looks at <c>SEATUNNEL_CONFIG</c>, <c>HAZELCAST_CONFIG</c>, then <c>config/</c>.</param>
    /// <param name="cluster">The cluster's name, if the command names it.</param>
    /// <exception cref="ProblemsException">Everything that is wrong with them.</exception>
    /// <exception cref="ChunnelException">A file that was named is not there.</exception>
    public static NodeSettings Load(string? configFolder, string? cluster) => Load(configFolder, cluster, Environment.GetEnvironmentVariable);

    internal static NodeSettings Load(string? configFolder, string? cluster, Func<string, string?> environment)
    {
        var files = SettingsFiles.Find(configFolder, environment);
        var problems = new List<Problem>();
        var settings = new NodeSettings { Storage = new StorageSettings() };
        if (environment("CHUNNEL_HOME") is { Length: > 0 } home) settings = settings with { LogsFolder = Path.Combine(home, "logs") };
        if (files.SeaTunnel is { } seaTunnel) settings = SeaTunnelYaml.Read(seaTunnel, File.ReadAllText(seaTunnel), settings, problems);
        if (files.Hazelcast is { } hazelcast) settings = HazelcastYaml.Read(hazelcast, File.ReadAllText(hazelcast), settings, problems);
        var wrong = problems.Where(problem => problem.Severity == Severity.Error).ToList();
        if (wrong.Count > 0) throw new ProblemsException(wrong);
        return settings with { ClusterName = cluster ?? settings.ClusterName, Warnings = problems };
    }
}
