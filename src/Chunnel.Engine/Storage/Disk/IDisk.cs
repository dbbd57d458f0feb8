namespace Chunnel.Engine;

/// <summary>The few things that storage does to a disk, so that a test can let each of them fail. Faults are <see cref="IOException"/>s.</summary>
public interface IDisk
{
    bool FolderExists(string path);

    /// <summary>Makes one folder in one that is there; it does not matter whether it is there already.</summary>
    void MakeFolder(string path);

    /// <summary>Makes the names in a folder survive a power cut. A flushed file is lost all the same while its name is not.</summary>
    void FlushFolder(string path);

    /// <summary>Writes a new file and flushes what is in it; its name is not flushed.</summary>
    void Write(string path, ReadOnlySpan<byte> content);

    /// <summary>What is in a file; null where there is none.</summary>
    byte[]? Read(string path);

    /// <summary>Gives a file a second name, unless that name is taken: in one step, whoever else tries it at the same time.</summary>
    LinkOutcome Link(string file, string name);

    /// <summary>Removes a file; it does not matter whether there is one.</summary>
    void Delete(string path);

    /// <summary>Removes a folder if nothing is in it.</summary>
    void DeleteIfEmpty(string path);

    /// <summary>Names of the files in a folder; none where there is no folder.</summary>
    IReadOnlyList<string> Files(string folder);

    /// <summary>Names of the folders in a folder; none where there is no folder.</summary>
    IReadOnlyList<string> Folders(string folder);

    /// <summary>When a file was written; null where there is none.</summary>
    DateTimeOffset? Written(string path);
}

/// <summary>What became of a second name.</summary>
public enum LinkOutcome
{
    Made,

    /// <summary>There is a file of that name.</summary>
    Taken,
}
