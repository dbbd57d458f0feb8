using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Chunnel.Rest.Tests;

/// <summary>The lines of docs/rest.md do what the page says, with the real curl against a real node.</summary>
public sealed partial class WalkTests
{
    [Fact]
    public async Task Every_line_of_the_page_works()
    {
        await using var node = await NodeUnderTest.StartAsync(settings => settings with { V1 = settings.V1 with { Enabled = true, Port = 0 } });
        var blocks = Block().Matches(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "docs", "rest.md"), TestContext.Current.CancellationToken));
        blocks.Count.ShouldBeGreaterThan(5);
        foreach (Match block in blocks)
        {
            var commands = block.Groups["text"].Value
                .Replace("localhost:8080", $"127.0.0.1:{node.Port}", StringComparison.Ordinal)
                .Replace("localhost:5801", $"127.0.0.1:{node.V1Port}", StringComparison.Ordinal)
                // What is refused must not pass for done.
                .Replace("curl -s ", "curl -sS --fail-with-body --max-time 20 ", StringComparison.Ordinal);
            var (code, said) = await RunAsync(commands);
            code.ShouldBe(0, $"{commands}\n{said}");
        }
        await node.WaitAsync("4711", "FINISHED");
    }

    private static async Task<(int Code, string Said)> RunAsync(string commands)
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = RepositoryFolder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-ec");
        start.ArgumentList.Add(commands);
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var wrong = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said + await wrong);
    }

    [GeneratedRegex("```bash\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
