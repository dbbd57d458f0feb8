namespace Chunnel.Rest;

/// <summary>What the API document says of every route, beside the routes themselves: a test holds both together.</summary>
internal static partial class RouteDocs
{
    private const string JobsTag = "jobs";
    private const string NodeTag = "node";
    private const string LogsTag = "logs";
    private const string TelemetryTag = "telemetry";

    private static readonly Dictionary<string, RouteDoc> _all = Jobs().Concat(Checkpoints()).Concat(Realtime()).Concat(Node()).ToDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<(string Name, string Meaning)> Tags { get; } =
    [
        (JobsTag, "Submit jobs, look at them, stop them."),
        (NodeTag, "What the node and its cluster are and have."),
        (LogsTag, "Log files of nodes and jobs."),
        (TelemetryTag, "Figures for Prometheus and its kin."),
    ];

    /// <summary>Method and path of every route that is described.</summary>
    public static IEnumerable<string> Keys => _all.Keys;

    public static RouteDoc Of(Route route) =>
        _all.GetValueOrDefault($"{route.Method} {route.Path}") ?? throw new System.Diagnostics.UnreachableException($"{route.Method} {route.Path} is not described in {nameof(RouteDocs)}.");

    private static PathDoc JobId() => new("jobId", "The job's id.", "733584788375666689");
}
