using System.Diagnostics;
using System.Globalization;

namespace Chunnel.JobTests;

/// <summary>
/// A disk of two megabytes that is really full when it is filled: a tmpfs, mounted where this process may, else in a name space of the node's
/// own, in which everybody may.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Bytes = 2 << 20;

    private readonly bool _isMounted;
    private ServerProgram? _node;

    private SmallDisk(string folder, bool isMounted) => (Folder, _isMounted) = (folder, isMounted);

    /// <summary>Where the node finds it.</summary>
    public string Folder { get; }

    /// <summary>What the node runs within, to have it.</summary>
    public IReadOnlyList<string> Around => _isMounted ? [] : ["unshare", "-rm", "sh", "-c", $"mount -t tmpfs -o size={Size} tmpfs '{Folder}' && exec \"$@\"", "sh"];


    private static string Size => Bytes.ToString(CultureInfo.InvariantCulture);

    private string Ballast => Seen(Path.Combine(Folder, "ballast"));

    /// <summary>Makes one, and tells how. Where neither way is open the test fails: a disk that is not full proves nothing.</summary>
    public static SmallDisk Make(ITestOutputHelper output)
    {
        var folder = Directory.CreateTempSubdirectory("chunnel-small-disk-").FullName;
        var isMounted = Runs("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", folder);
        if (!isMounted && !Runs("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", folder))
        {
            Assert.Fail("A disk cannot be filled here: neither 'mount -t tmpfs' nor 'unshare -rm' is allowed. Run the tests as root, or allow user name spaces.");
        }
        output.WriteLine(isMounted ? "a tmpfs, mounted" : "a tmpfs in the node's own name space");
        return new SmallDisk(folder, isMounted);
    }

    /// <summary>The node that has it.</summary>
    public void Within(ServerProgram node) => _node = node;

    /// <summary>Where we find what the node has at a place.</summary>
    public string Seen(string place) => _isMounted || _node is null ? place : string.Create(CultureInfo.InvariantCulture, $"/proc/{_node.ProcessId}/root{place}");

    /// <summary>Fills it, up to so much room.</summary>
    public void Fill(int room)
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var piece = new byte[4096];
        try
        {
            while (true) ballast.Write(piece);
        }
        catch (IOException)
        {
            // Full.
        }
        ballast.SetLength(Math.Max(ballast.Length - room, 0));
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        if (_isMounted && !Runs("umount", "-l", Folder)) throw new InvalidOperationException($"'{Folder}' stays mounted.");
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Runs(string command, params string[] arguments)
    {
        try
        {
            using var run = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            run.WaitForExit();
            return run.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
