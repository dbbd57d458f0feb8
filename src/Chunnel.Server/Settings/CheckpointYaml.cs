using Chunnel.Engine;

namespace Chunnel.Server;

/// <summary>Reads <c>checkpoint</c> and <c>control-store</c> of <c>seatunnel.yaml</c> (spec engine.md 6.7, 12; cluster.md 6). Times are milliseconds.</summary>
internal static class CheckpointYaml
{
    private static readonly string[] _controlStores = [.. Enum.GetNames<ControlStoreKind>().Select(name => name.ToLowerInvariant())];

    public static CheckpointSettings Read(YamlSection checkpoint, CheckpointSettings settings) => settings with
    {
        Interval = Millis(checkpoint.Positive("interval")) ?? settings.Interval,
        Timeout = Millis(checkpoint.Positive("timeout")) ?? settings.Timeout,
        SchemaChangeTimeout = Millis(checkpoint.Positive("schema-change-timeout")) ?? settings.SchemaChangeTimeout,
        MinPause = Millis(checkpoint.AtLeast("min-pause", -1)) is { } pause ? pause > TimeSpan.Zero ? pause : TimeSpan.Zero : settings.MinPause,
        RetainAfterCancel = checkpoint.Bool("retain-after-job-cancelled") ?? settings.RetainAfterCancel,
    };

    public static StorageSettings ReadStorage(YamlSection engine, StorageSettings settings)
    {
        var checkpoint = engine.Section("checkpoint");
        var storage = checkpoint.Section("storage");
        var maxRetained = storage.Positive("max-retained") ?? settings.MaxRetained;
        var plugin = storage.Section("plugin-config");
        var given = plugin.Keys().Where(CheckpointStorage.Knows).ToArray();
        var faults = new List<StorageSettingFault>();
        var place = CheckpointStorage.Read(
            storage.Text("type"),
            given.Select(key => (key, Value: plugin.Text(key))).Where(pair => pair.Value is not null).ToDictionary(pair => pair.key, pair => pair.Value!),
            faults);
        foreach (var fault in faults) (fault.Key == "type" ? storage : plugin).Refuse(fault.Key, fault.What, fault.Mend);
        plugin.WarnOfOthers();
        storage.WarnOfOthers();
        checkpoint.Accept("interval", "timeout", "schema-change-timeout", "min-pause", "retain-after-job-cancelled");
        checkpoint.WarnOfOthers();
        return ReadControlStore(engine.Section("control-store"), settings with { MaxRetained = maxRetained, CheckpointFolder = place.Folder, CheckpointBucket = place.S3 });
    }

    private static StorageSettings ReadControlStore(YamlSection store, StorageSettings settings)
    {
        var kind = store.Choice("type", _controlStores) is { } type ? Enum.Parse<ControlStoreKind>(type, ignoreCase: true) : settings.ControlStore;
        var place = store.Text("url") is { Length: > 0 } url ? url : null;
        if (place is not null && kind is ControlStoreKind.S3 or ControlStoreKind.Memory) store.Refuse("url", $"A control log of type {kind.ToString().ToLowerInvariant()} has no place of its own.", "Leave url out: with s3 the log lies in the bucket of checkpoint.storage, with memory nowhere.");
        if (kind == ControlStoreKind.S3 && settings.CheckpointBucket is null) store.Refuse("type", "The control log is to lie in S3, and the checkpoints do not.", "Set checkpoint.storage to S3 as well (type: hdfs, storage.type: s3): the log lies in the same bucket.");
        var read = settings with
        {
            ControlStore = kind,
            ControlStorePlace = place ?? settings.ControlStorePlace,
            Linger = Millis(store.NotNegative("linger")) ?? settings.Linger,
        };
        store.WarnOfOthers();
        return read;
    }

    private static TimeSpan? Millis(int? given) => given is { } millis ? TimeSpan.FromMilliseconds(millis) : null;
}
