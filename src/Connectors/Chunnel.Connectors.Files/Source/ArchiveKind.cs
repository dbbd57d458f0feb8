namespace Chunnel.Connectors.Files;

/// <summary>What kind of archive the files of a table are.</summary>
public enum ArchiveKind
{
    None,
    Zip,
    Tar,
    TarGz,
    Gz,
}
