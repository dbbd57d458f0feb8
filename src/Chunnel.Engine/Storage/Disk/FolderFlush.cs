using System.Runtime.InteropServices;

namespace Chunnel.Engine;

/// <summary>Makes the entries of a folder survive a power cut: a flushed file is lost all the same while its name is not.</summary>
internal static partial class FolderFlush
{
    /// <summary>Makes a folder and those above it that are missing, each durable.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        if (!string.IsNullOrEmpty(parent)) CreateFolder(parent);
        Directory.CreateDirectory(path);
        if (!string.IsNullOrEmpty(parent)) Flush(parent);
    }

    /// <exception cref="IOException">The folder cannot be flushed.</exception>
    public static void Flush(string folder)
    {
        // NTFS keeps its own journal of names, and gives no handle to flush a folder by.
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, flags: 0);
        if (handle < 0) throw Fault("open", folder);
        try
        {
            if (FileSync(handle) != 0) throw Fault("fsync", folder);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Fault(string call, string path) =>
        new($"{call} of '{path}': {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FileSync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
