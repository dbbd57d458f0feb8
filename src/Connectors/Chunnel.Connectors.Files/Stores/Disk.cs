using System.Runtime.InteropServices;

namespace Chunnel.Connectors.Files;

/// <summary>What .NET does not say to the operating system: a rename that never turns into a copy, and the flush of a folder.</summary>
internal static partial class Disk
{
    private const int NoSuchFile = 2;
    private const int Exists = 17;
    private const int OtherFileSystem = 18;
    private const int CannotFlush = 22;
    private const int NotSupported = 95;
    private const int ReadOnlyFolder = 0;

    /// <summary>Moves within a file system in one step. False when the target is on another one, or taken.</summary>
    /// <exception cref="FileNotFoundException">There is nothing to move.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static bool TryMove(string from, string to, bool replace, out bool taken)
    {
        taken = false;
        if (OperatingSystem.IsWindows())
        {
            if (!replace && File.Exists(to)) return !(taken = true);
            File.Move(from, to, replace);
            return true;
        }
        // A link fails where a name is taken; a rename replaces it. Both are one step.
        if ((replace ? Rename(from, to) : Link(from, to)) == 0)
        {
            if (!replace) File.Delete(from);
            return true;
        }
        switch (Marshal.GetLastPInvokeError())
        {
            case OtherFileSystem:
                return false;
            case Exists:
                taken = true;
                return false;
            case NoSuchFile when !File.Exists(from):
                throw new FileNotFoundException("There is nothing to move.", from);
            case var error:
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    /// <summary>Makes names within a folder outlive a power cut. Where folders cannot be flushed, or there is none, nothing happens.</summary>
    /// <exception cref="IOException">The disk could not keep them.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, ReadOnlyFolder);
        if (handle < 0) return;
        try
        {
            if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() is not (CannotFlush or NotSupported) and var error) throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{folder}'");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
