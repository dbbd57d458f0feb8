using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Writes files on the machine's own disk.</summary>
public sealed class LocalFileSink : FileSinkPlugin
{
    public override string Name => "LocalFile";

    public override string Summary => "Writes text, csv, json and parquet files on the disk of the machine that runs the writer.";

    protected override IFileStore OpenStore(SettingsObject settings) => new LocalFileStore();
}
