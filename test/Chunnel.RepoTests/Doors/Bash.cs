using System.Diagnostics;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Doors;

/// <summary>Runs a script of the repository as a person would.</summary>
internal static class Bash
{
    public static async Task<Outcome> RunAsync(string script, string folder, IReadOnlyDictionary<string, string>? environment, CancellationToken stop)
    {
        var start = new ProcessStartInfo("/bin/bash") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        start.Environment["CHUNNEL_REPOSITORY"] = Repository.Root;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return new Outcome(process.ExitCode, await output, await errors);
    }

    internal sealed record Outcome(int Code, string Output, string Errors)
    {
        public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];
    }
}
