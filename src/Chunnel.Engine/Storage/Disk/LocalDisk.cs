using System.Runtime.InteropServices;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>The disks of this machine, and what is mounted there.</summary>
internal sealed partial class LocalDisk : IDisk
{
    private const int FileExists = 17;

    // What Windows says for the same.
    private const int AlreadyExists = 183;

    private LocalDisk()
    {
    }

    public static LocalDisk Instance { get; } = new();

    public bool FolderExists(string path) => Directory.Exists(path);

    public void MakeFolder(string path)
    {
        FailPoint.Reach("disk.folder.before");
        Directory.CreateDirectory(path);
        FailPoint.Reach("disk.folder.after");
    }

    public void FlushFolder(string path)
    {
        FailPoint.Reach("disk.flush.before");
        // NTFS keeps its own journal of names, and gives no handle to flush a folder by.
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(path, flags: 0);
        if (handle < 0) throw Fault("open", path);
        try
        {
            if (FileSync(handle) != 0) throw Fault("fsync", path);
        }
        finally
        {
            _ = Close(handle);
        }
        FailPoint.Reach("disk.flush.after");
    }

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        FailPoint.Reach("disk.write.before");
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        RandomAccess.Write(file, content, fileOffset: 0);
        RandomAccess.FlushToDisk(file);
        FailPoint.Reach("disk.write.after");
    }

    public byte[]? Read(string path)
    {
        FailPoint.Reach("disk.read");
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary><c>File.Move</c> would look first and move then: two could both win.</summary>
    public LinkOutcome Link(string file, string name)
    {
        FailPoint.Reach("disk.link.before");
        if (OperatingSystem.IsWindows() ? CreateHardLink(name, file, 0) : HardLink(file, name) == 0)
        {
            FailPoint.Reach("disk.link.after");
            return LinkOutcome.Made;
        }
        return Marshal.GetLastPInvokeError() is FileExists or AlreadyExists ? LinkOutcome.Taken : throw Fault("link", name);
    }

    public void Delete(string path)
    {
        FailPoint.Reach("disk.delete.before");
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no file either.
        }
        FailPoint.Reach("disk.delete.after");
    }

    public void DeleteIfEmpty(string path)
    {
        try
        {
            Directory.Delete(path, recursive: false);
        }
        catch (IOException)
        {
            // Something is in it, or somebody else was faster.
        }
    }

    public IReadOnlyList<string> Files(string folder) => Names(folder, Directory.EnumerateFiles);

    public IReadOnlyList<string> Folders(string folder) => Names(folder, Directory.EnumerateDirectories);

    public DateTimeOffset? Written(string path) => File.Exists(path) ? File.GetLastWriteTimeUtc(path) : null;

    private static string[] Names(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return [.. list(folder).Select(path => Path.GetFileName(path))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
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

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string file, string name);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string name, string file, nint reserved);
}
