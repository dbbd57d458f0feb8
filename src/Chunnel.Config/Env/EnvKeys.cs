using Chunnel.Config.DeadLetters;
using Chunnel.Core;

namespace Chunnel.Config.Env;

/// <summary>The keys of <c>env</c> that this engine knows.</summary>
internal static class EnvKeys
{
    public const string Parallelism = "parallelism";
    public const string JobName = "job.name";
    public const string JobMode = "job.mode";
    public const string CheckpointInterval = "checkpoint.interval";
    public const string CheckpointTimeout = "checkpoint.timeout";
    public const string MinPause = "min-pause";
    public const string RetainAfterCancel = "checkpoint.retain-after-job-cancelled";
    public const string RowsPerSecond = "read_limit.rows_per_second";
    public const string BytesPerSecond = "read_limit.bytes_per_second";
    public const string RetryTimes = "job.retry.times";
    public const string RetryInterval = "job.retry.interval.seconds";
    public const string SaveModeLocation = "savemode.execute.location";
    public const string TagFilter = "tag_filter";
    public const string Jars = "jars";
    public const string ShadeIdentifier = "shade.identifier";
    public const string ShadeOptions = "shade.options";
    public const string ShadeProperties = "shade.properties";
    public const string PipelineConcurrency = "pipeline_concurrency";
    public const string SinkFlushInterval = "sink.flush.interval";

    /// <summary>Ours: a job that cannot keep it is refused.</summary>
    public const string RequiredGuarantee = "require.guarantee";

    public const string Observed = "engine.observability.enabled";
    public const string ObservedBucket = "engine.observability.bucket_ms";
    public const string ObservedRetention = "engine.observability.retention_minutes";

    private static readonly string[] Known =
    [
        Parallelism, JobName, JobMode, CheckpointInterval, CheckpointTimeout, MinPause, RetainAfterCancel, RowsPerSecond,
        BytesPerSecond, RetryTimes, RetryInterval, SaveModeLocation, TagFilter, Jars, "custom_parameters", ShadeIdentifier,
        ShadeOptions, ShadeProperties, PipelineConcurrency, SinkFlushInterval, RequiredGuarantee,
        Observed, ObservedBucket, ObservedRetention, .. QueuesOfObservability,
    ];

    // Options of later SeaTunnel releases that this engine does not carry out: known, so no slip of the key, but not silent.
    private static readonly string[] NotCarriedOut = ["error_handler", "transform_error_handler", "sink_error_handler"];

    // Where SeaTunnel puts queues to look at: every sink has one here.
    private static string[] QueuesOfObservability =>
    [
        "engine.observability.async_boundaries", "engine.observability.split_sink_io", "engine.observability.edge_buffer_capacity", "engine.observability.edge_overrides",
    ];

    private static readonly string[] OtherEngines = ["flink.", "spark."];

    public static void WarnOfUnknown(SettingsObject env, List<Problem> problems) => Warn(env, "", problems);

    private static void Warn(SettingsObject env, string prefix, List<Problem> problems)
    {
        foreach (var entry in env.Entries)
        {
            var key = prefix + entry.Key;
            // What stands under dead_letter is looked at by itself.
            if (Known.Contains(key) || DeadLetterKeys.IsOne(key) || OtherEngines.Any(engine => $"{key}.".StartsWith(engine, StringComparison.Ordinal))) continue;
            if (entry.Value is SettingsObject inner && Known.Any(known => known.StartsWith($"{key}.", StringComparison.Ordinal))) Warn(inner, $"{key}.", problems);
            else problems.Add(Unknown(key, entry.KeyWhere));
        }
    }

    private static Problem Unknown(string key, TextPosition where) => new(
        CommonErrors.OptionValidateFailed,
        NotCarriedOut.Contains(key) ? $"'{key}' is not carried out by this engine: what becomes of a row that fails, '{DeadLetterKeys.Section}' says." : $"'{key}' is not an option of env.")
    {
        Severity = Severity.Warning,
        Where = where,
        Mend = NotCarriedOut.Contains(key) ? "Write dead_letter { sink { ... } } in its place: docs/dead-letters.md." : Nearest.DidYouMean(key, [.. Known, DeadLetterKeys.Section]),
    };
}
