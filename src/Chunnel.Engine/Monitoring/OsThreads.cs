using System.Diagnostics;
using System.Globalization;

namespace Chunnel.Engine;

/// <summary>The threads of this process.</summary>
public static class OsThreads
{
    private const string Tasks = "/proc/self/task";

    /// <summary>All of them, by number.</summary>
    public static IReadOnlyList<OsThread> List() => [.. (Directory.Exists(Tasks) ? OfLinux() : OfDotNet()).OrderBy(thread => thread.Id)];

    private static IEnumerable<OsThread> OfLinux()
    {
        foreach (var folder in Directory.EnumerateDirectories(Tasks))
        {
            // 4711 (name) S 1 ...: the name may hold anything, so its end is the last bracket.
            if (ProcFile.Text(Path.Combine(folder, "stat")) is not { } stat) continue;
            var (open, close) = (stat.IndexOf('(', StringComparison.Ordinal), stat.LastIndexOf(')'));
            var id = int.Parse(stat.AsSpan(0, open), CultureInfo.InvariantCulture);
            var state = StateOf(stat[close + 2]);
            yield return new OsThread(id, NameOf(stat[(open + 1)..close], id), state, state == OsThreadState.Waiting ? PlaceOf(folder) : "");
        }
    }

    private static IEnumerable<OsThread> OfDotNet()
    {
        using var self = Process.GetCurrentProcess();
        foreach (ProcessThread thread in self.Threads)
        {
            var state = thread.ThreadState switch
            {
                System.Diagnostics.ThreadState.Wait => OsThreadState.Waiting,
                System.Diagnostics.ThreadState.Terminated => OsThreadState.Terminated,
                _ => OsThreadState.Runnable,
            };
            yield return new OsThread(thread.Id, NameOf("", thread.Id), state, "");
        }
    }

    private static OsThreadState StateOf(char letter) => letter switch
    {
        'R' or 'D' => OsThreadState.Runnable,
        'X' or 'x' or 'Z' => OsThreadState.Terminated,
        _ => OsThreadState.Waiting,
    };

    private static string NameOf(string name, int id) => name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"thread-{id}");

    private static string PlaceOf(string folder) => ProcFile.Text(Path.Combine(folder, "wchan")) is { } place and not "0" ? place.Trim() : "";
}
