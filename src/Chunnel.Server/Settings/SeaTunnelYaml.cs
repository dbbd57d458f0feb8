using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Rest;

namespace Chunnel.Server;

/// <summary>Reads <c>seatunnel.yaml</c> (spec engine.md 12).</summary>
internal static class SeaTunnelYaml
{
    public static NodeSettings Read(string file, string text, NodeSettings settings, List<Problem> problems)
    {
        var engine = YamlFile.Read(file, text, "seatunnel.engine", problems);
        var http = engine.Section("http");
        var read = ReadTelemetry(engine.Section("telemetry"), settings) with
        {
            InfoInterval = TimeSpan.FromSeconds(engine.Positive("print-execution-info-interval") ?? settings.InfoInterval.TotalSeconds),
            HistoryExpires = TimeSpan.FromMinutes(engine.Positive("history-job-expire-minutes") ?? settings.HistoryExpires.TotalMinutes),
            Storage = CheckpointYaml.ReadStorage(engine, settings.Storage ?? new StorageSettings()),
            Checkpoints = CheckpointYaml.Read(engine.Section("checkpoint"), settings.Checkpoints),
            Slots = SlotYaml.Read(engine, settings.Slots),
            Events = ReadEvents(engine.Section("event-report-http")) ?? settings.Events,
            Wire = ReadWire(http, settings.Wire),
            Http = HttpYaml.Read(http, settings.Http),
            TellsRealtime = ReadEnabled(engine.Section("realtime-metrics")) ?? settings.TellsRealtime,
            RunsScripts = ReadEnabled(engine.Section("dynamic-compile")) ?? settings.RunsScripts,
        };
        CheckNumbers(engine);
        // Of SeaTunnel's class loaders, thread pools, jars and metadata service: nothing here corresponds to them.
        engine.Accept("queue-type", "task_execution_thread_share_mode", "classloader-cache-mode", "jar-storage", "coordinator-service", "metadata");
        engine.WarnOfOthers();
        return read;
    }

    /// <summary>Headers have the user's names.</summary>
    private static EventReportSettings? ReadEvents(YamlSection events)
    {
        var url = events.Text("url");
        var everyState = events.Bool("report-non-terminal-job-state") ?? false;
        var given = events.Section("headers");
        var headers = given.Keys().ToDictionary(name => name, name => given.Text(name) ?? "", StringComparer.OrdinalIgnoreCase);
        events.WarnOfOthers();
        if (string.IsNullOrEmpty(url)) return null;
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)) return new EventReportSettings { Url = uri, Headers = headers, TellsEveryState = everyState };
        events.Refuse("url", $"'{url}' is no address that takes events.", "Write one like http://localhost:9000/events.");
        return null;
    }

    /// <summary>Ours: SeaTunnel compiles whatever a job brings, and lets each job say whether it is looked at.</summary>
    private static bool? ReadEnabled(YamlSection section)
    {
        var enabled = section.Bool("enabled");
        section.WarnOfOthers();
        return enabled;
    }

    private static WireChoices ReadWire(YamlSection http, WireChoices choices) => choices with
    {
        JobIdAsNumber = http.Bool("job-id-as-number") ?? choices.JobIdAsNumber,
        FinishedNewestFirst = http.Bool("finished-jobs-newest-first") ?? choices.FinishedNewestFirst,
    };

    private static void CheckNumbers(YamlSection engine)
    {
        engine.NotNegative("backup-count");
        engine.Positive("print-job-metrics-info-interval");
        engine.Positive("job-metrics-backup-interval");
        engine.Positive("state-cleanup-delay-ms");
        engine.Positive("health-metrics-timeout-seconds");
    }

    /// <summary>Ours: SeaTunnel is only read, it does not send.</summary>
    private static OtlpSettings? ReadOtlp(YamlSection otlp)
    {
        var endpoint = otlp.Text("endpoint");
        var usesGrpc = otlp.Choice("protocol", "http/protobuf", "grpc") == "grpc";
        var seconds = otlp.Positive("interval-seconds") ?? 60;
        otlp.WarnOfOthers();
        if (string.IsNullOrEmpty(endpoint)) return null;
        if (Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)) return new OtlpSettings { Endpoint = uri, UsesGrpc = usesGrpc, Interval = TimeSpan.FromSeconds(seconds) };
        otlp.Refuse("endpoint", $"'{endpoint}' is no address of a collector.", "Write one like http://localhost:4318.");
        return null;
    }

    private static NodeSettings ReadTelemetry(YamlSection telemetry, NodeSettings settings)
    {
        var (metric, logs) = (telemetry.Section("metric"), telemetry.Section("logs"));
        var read = settings with
        {
            TellsMetrics = metric.Bool("enabled") ?? settings.TellsMetrics,
            DeletesOldLogs = logs.Bool("scheduled-deletion-enable") ?? settings.DeletesOldLogs,
            MixesJobLogs = logs.Bool("file-per-job") is { } perJob ? !perJob : settings.MixesJobLogs,
            Otlp = ReadOtlp(telemetry.Section("otlp")),
        };
        metric.WarnOfOthers();
        logs.WarnOfOthers();
        telemetry.WarnOfOthers();
        return read;
    }
}
