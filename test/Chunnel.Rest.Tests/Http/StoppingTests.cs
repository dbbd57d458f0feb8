using System.Net;
using System.Net.Sockets;

namespace Chunnel.Rest.Tests;

/// <summary>Runs alone: it counts what the whole process holds open.</summary>
[CollectionDefinition(nameof(StoppingTests), DisableParallelization = true)]
[Collection(nameof(StoppingTests))]
public sealed class StoppingTests
{
    /// <summary>A node that stops in the middle of its work lets go of all: 20 times, no port, file or job is left.</summary>
    [Fact]
    public async Task Stopping_leaves_nothing_behind()
    {
        await RunOnceAsync();
        var before = OpenFiles();
        for (var time = 0; time < 20; time++) await RunOnceAsync();
        var after = OpenFiles();
        after.Count.ShouldBeLessThanOrEqualTo(before.Count + 5, string.Join(", ", after.Except(before)));
    }

    private static async Task RunOnceAsync()
    {
        int port;
        await using (var node = await NodeUnderTest.StartAsync())
        {
            port = node.Port;
            await node.WaitAsync(await node.SubmitAsync(Jobs.Endless), "RUNNING");
        }
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, port));
    }

    /// <summary>What each handle leads to.</summary>
    private static List<string> OpenFiles() => [.. Directory.GetFileSystemEntries("/proc/self/fd").Select(handle => $"{Path.GetFileName(handle)} {new FileInfo(handle).LinkTarget}")];
}
