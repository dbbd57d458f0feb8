using System.Diagnostics;

namespace Chunnel.Gates.Start;

/// <summary>packages.md 11.3 item 14.</summary>
internal sealed class StartUp : Gate
{
    private const int Runs = 7;

    public override string Name => "start";

    public override string Question => "What does each library add to the start of a process and to its memory?";

    public override void Run(Report report)
    {
        foreach (var kind in Child.Kinds)
        {
            string memory = "";
            var seconds = Clock.Best(Runs, () => memory = RunChild(kind));
            report.Row(kind, $"{seconds * 1e3:F0} ms, {memory} MiB");
        }
    }

    private static string RunChild(string kind)
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
