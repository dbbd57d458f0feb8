namespace Chunnel.Connectors.Files;

/// <summary>A file of a writer, open or closed but not yet in its place.</summary>
/// <param name="File">Takes the rows.</param>
/// <param name="Path">Where it lies for now.</param>
/// <param name="Folder">The partition's folder below the target; empty without partitions.</param>
/// <param name="Stem">Its name without number and extension.</param>
/// <param name="Number">Its number in the folder.</param>
internal sealed record OpenFile(IRowFile File, string Path, string Folder, string Stem, int Number)
{
    public long Rows { get; set; }

    /// <summary>Rises with each use: the file that was used longest ago is closed first when too many are open.</summary>
    public long LastUse { get; set; }
}
