using Chunnel.Engine;

namespace Chunnel.Server;

/// <summary>Reads <c>checkpoint</c> and <c>control-store</c> of <c>seatunnel.yaml</c> (spec engine.md 6.7, 12; cluster.md 6). Times are milliseconds.</summary>
internal static class CheckpointYaml
{
    private const string LocalFile = "localfile";
    private const string Hdfs = "hdfs";
    private const string FileScheme = "file:";

    /// <summary>What SeaTunnel's two kinds of storage write to where nothing else is said.</summary>
    private const string HdfsNamespace = "/seatunnel/checkpoint/";

    public static CheckpointSettings Read(YamlSection checkpoint, CheckpointSettings settings) => settings with
    {
        Interval = Millis(checkpoint.Positive("interval")) ?? settings.Interval,
        Timeout = Millis(checkpoint.Positive("timeout")) ?? settings.Timeout,
        MinPause = Millis(checkpoint.AtLeast("min-pause", -1)) is { } pause ? pause > TimeSpan.Zero ? pause : TimeSpan.Zero : settings.MinPause,
        RetainAfterCancel = checkpoint.Bool("retain-after-job-cancelled") ?? settings.RetainAfterCancel,
    };

    public static StorageSettings ReadStorage(YamlSection engine, StorageSettings settings)
    {
        var checkpoint = engine.Section("checkpoint");
        checkpoint.Positive("schema-change-timeout");
        var storage = checkpoint.Section("storage");
        var read = ReadControlStore(engine.Section("control-store"), settings) with { MaxRetained = storage.Positive("max-retained") ?? settings.MaxRetained };
        var plugin = storage.Section("plugin-config");
        var isHdfs = storage.Choice("type", LocalFile, Hdfs) == Hdfs;
        var folder = plugin.Text("namespace") ?? (isHdfs ? HdfsNamespace : settings.CheckpointFolder);
        if (isHdfs) CheckHdfs(plugin);
        plugin.WarnOfOthers();
        storage.WarnOfOthers();
        checkpoint.Accept("interval", "timeout", "min-pause", "retain-after-job-cancelled");
        checkpoint.WarnOfOthers();
        return read with { CheckpointFolder = folder };
    }

    /// <summary>SeaTunnel ships <c>hdfs</c> with a <c>file:</c> address: that is a local folder.</summary>
    private static void CheckHdfs(YamlSection plugin)
    {
        var kind = plugin.Choice("storage.type", "local", Hdfs, "s3", "oss", "cos");
        var at = plugin.Text("fs.defaultFS");
        plugin.Accept("disable.cache", "kerberosPrincipal", "kerberosKeytabFilePath", "hdfs_site_path");
        if (kind is null or "local" || at?.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase) == true) return;
        plugin.Refuse("storage.type", $"checkpoints cannot be kept in {kind} yet.", "Use a folder: storage.type: hdfs with fs.defaultFS: file:/// and a namespace, or type: localfile.");
    }

    private static StorageSettings ReadControlStore(YamlSection store, StorageSettings settings)
    {
        var type = store.Choice("type", "auto", "sqlite", "memory");
        var read = settings with
        {
            KeepsControlLog = type != "memory",
            ControlLogFile = store.Text("url") is { Length: > 0 } url ? url : settings.ControlLogFile,
            Linger = Millis(store.NotNegative("linger")) ?? settings.Linger,
        };
        store.WarnOfOthers();
        return read;
    }

    private static TimeSpan? Millis(int? given) => given is { } millis ? TimeSpan.FromMilliseconds(millis) : null;
}
