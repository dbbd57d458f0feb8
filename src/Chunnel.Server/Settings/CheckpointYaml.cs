using Chunnel.Engine;

namespace Chunnel.Server;

/// <summary>Reads <c>checkpoint</c> of <c>seatunnel.yaml</c> (spec engine.md 6.7, 12). Times are milliseconds.</summary>
internal static class CheckpointYaml
{
    public static CheckpointSettings Read(YamlSection checkpoint, CheckpointSettings settings)
    {
        var read = settings with
        {
            Interval = Millis(checkpoint.Positive("interval")) ?? settings.Interval,
            Timeout = Millis(checkpoint.Positive("timeout")) ?? settings.Timeout,
            MinPause = Millis(checkpoint.AtLeast("min-pause", -1)) is { } pause ? pause > TimeSpan.Zero ? pause : TimeSpan.Zero : settings.MinPause,
            RetainAfterCancel = checkpoint.Bool("retain-after-job-cancelled") ?? settings.RetainAfterCancel,
        };
        checkpoint.Positive("schema-change-timeout");
        var storage = checkpoint.Section("storage");
        storage.Text("type");
        storage.Positive("max-retained");
        storage.Accept("plugin-config");
        storage.WarnOfOthers();
        checkpoint.WarnOfOthers();
        return read;
    }

    private static TimeSpan? Millis(int? given) => given is { } millis ? TimeSpan.FromMilliseconds(millis) : null;
}
