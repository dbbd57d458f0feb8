using System.Net;
using System.Net.Sockets;

namespace Chunnel.Rest.Tests;

/// <summary>Runs alone: it counts what the whole process holds open.</summary>
[CollectionDefinition(nameof(StoppingTests), DisableParallelization = true)]
[Collection(nameof(StoppingTests))]
public sealed class StoppingTests
{
    private const int Times = 100;

    /// <summary>A node that stops in the middle of its work lets go of all: 100 times, no port, file, thread or job is left.</summary>
    [Fact]
    public async Task Stopping_leaves_nothing_behind()
    {
        await RunOnceAsync();
        var (files, threads) = (OpenFiles(), Threads());
        for (var time = 0; time < Times; time++) await RunOnceAsync();
        var after = OpenFiles();
        after.Count.ShouldBeLessThanOrEqualTo(files.Count + 5, string.Join(", ", after.Except(files)));
        // The pool has as many threads as it sees fit; a thread of ours would be here a hundred times.
        Threads().ShouldBeLessThanOrEqualTo(threads + 25);
    }

    private static async Task RunOnceAsync()
    {
        int[] ports;
        await using (var node = await NodeUnderTest.StartAsync())
        {
            ports = [node.Port, node.V1Port];
            await node.WaitAsync(await node.SubmitAsync(Jobs.Endless), "RUNNING");
        }
        foreach (var port in ports)
        {
            using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            free.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
    }

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Length;

    /// <summary>What each handle leads to; assemblies stay open from their first use on.</summary>
    private static List<string> OpenFiles() =>
    [
        .. Directory.GetFileSystemEntries("/proc/self/fd").Select(handle => $"{Path.GetFileName(handle)} {new FileInfo(handle).LinkTarget}")
            .Where(file => !file.EndsWith(".dll", StringComparison.Ordinal)),
    ];
}
