using System.Diagnostics;

namespace Chunnel.Gates.Start;

/// <summary>Runs this program once more, for what only a process of its own can tell.</summary>
internal static class ChildProcess
{
    /// <returns>The last line that it said.</returns>
    public static string Run(string kind)
    {
        var self = Environment.ProcessPath!;
        var start = new ProcessStartInfo(self) { RedirectStandardOutput = true };
        // Started by "dotnet Chunnel.Gates.dll" or as a program of its own.
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Chunnel.Gates.dll"));
        }
        start.ArgumentList.Add("--child");
        start.ArgumentList.Add(kind);
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd().Trim().Split('\n')[^1];
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"The child {kind} ended with {process.ExitCode}.");
    }
}
