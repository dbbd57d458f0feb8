using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Chunnel.JobTests;

/// <summary>The real program, run to its end.</summary>
public sealed partial record ProgramRun(int ExitCode, string Output, string Errors, TimeSpan Took)
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    /// <summary>The program as this build made it, for the same configuration as the tests.</summary>
    public static string ProgramPath { get; } = Path.Combine(AppContext.BaseDirectory.Replace("Chunnel.JobTests", "Chunnel.Cli", StringComparison.Ordinal), "chunnel.dll");

    public string All => Output + "\n" + Errors;

    /// <summary>The state that the job ended with, or REFUSED when none was started.</summary>
    public string End => EndLine().Match(All) is { Success: true } line ? line.Groups[1].Value : "REFUSED";

    public long Read => Total("Read");

    public long Written => Total("Write");

    public static async Task<ProgramRun> StartAsync(string folder, IReadOnlyList<string> args, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [ProgramPath, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["TZ"] = "UTC";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"chunnel {string.Join(' ', args)} did not end within {_limit}.");
        }
        return new ProgramRun(process.ExitCode, await output, await errors, Stopwatch.GetElapsedTime(began));
    }

    private long Total(string what)
    {
        var match = Regex.Match(Output, $@"Total {what} Count\s*:\s*(\d+)", RegexOptions.None, TimeSpan.FromSeconds(1));
        return match.Success ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : -1;
    }

    [GeneratedRegex(@"Job \(\d+\) end with state ([A-Z_]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndLine();
}
