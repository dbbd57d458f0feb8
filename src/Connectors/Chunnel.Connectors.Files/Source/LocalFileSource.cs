using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Reads files of the machine's own disk.</summary>
public sealed class LocalFileSource : FileSourcePlugin
{
    public override string Name => "LocalFile";

    public override string Summary => "Reads text, csv, json, parquet, xml and excel files from the disk of the machine that runs the reader.";

    protected override IFileStore OpenStore(SettingsObject settings) => new LocalFileStore();
}
