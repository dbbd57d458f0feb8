using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Chunnel.Server;

namespace Chunnel.JobTests;

/// <summary>
/// What our commands print, letter for letter but for ids, times and rates (spec engine.md 14, checklist 158 to 172; config.md 11). With
/// CHUNNEL_WRITE_GOLDEN=1 the tests write it anew, for a person to read in the diff.
/// </summary>
public sealed partial class CommandGoldenTests
{
    private static readonly (string Name, string Args)[] _commands =
    [
        ("run", "run runs.conf"),
        ("run-json", "run --json runs.conf"),
        ("run-fails", "run fails.conf"),
        ("run-wrong", "run wrong.conf"),
        ("run-missing", "run nosuch.conf"),
        ("run-variables", "run variables.conf -i rows=1,2"),
        ("check", "check runs.conf"),
        ("check-wrong", "check wrong.conf"),
        ("check-warns", "check --strict warns.conf"),
        ("plan", "plan runs.conf"),
        ("plan-json", "plan --json runs.conf"),
        ("encrypt", "encrypt secrets.conf"),
        ("seatunnel-local", "seatunnel -m local -c runs.conf -n named --set-job-id 733584788375666689"),
        ("seatunnel-fails", "seatunnel -m local -c fails.conf"),
        ("seatunnel-check", "seatunnel --check -c runs.conf"),
        ("seatunnel-check-wrong", "seatunnel --check -c wrong.conf"),
        ("seatunnel-help", "seatunnel -h"),
        ("seatunnel-cluster-bad-role", "seatunnel-cluster -r bad"),
        ("seatunnel-connector-list", "seatunnel-connector -l"),
        ("seatunnel-connector-kind", "seatunnel-connector -pt transform"),
        ("seatunnel-connector-rules", "seatunnel-connector -o FakeSource -pt source"),
        ("seatunnel-connector-unknown", "seatunnel-connector -o FakeSorce"),
        ("seatunnel-connector-mistake", "seatunnel-connector -x"),
        ("help", "--help"),
        ("unknown-command", "rnu runs.conf"),
    ];

    public static TheoryData<string, string> Commands => [.. _commands.Select(command => new TheoryDataRow<string, string>(command.Name, command.Args))];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task It_prints_what_it_printed(string name, string args)
    {
        using var folder = new Workplace(Path.Combine(GoldenJob.Root, "command", "in"));
        var run = await ProgramRun.StartAsync(folder.Folder, args.Split(' '));
        var text = $"$ {args}\n-> {run.ExitCode}\n\n{Masked(run.Output, folder.Folder)}\n--- errors ---\n{Masked(run.Errors, folder.Folder)}";
        if (Environment.GetEnvironmentVariable("CHUNNEL_WRITE_GOLDEN") == "1") await File.WriteAllTextAsync(Path.Combine(Source(), $"{name}.txt"), text, TestContext.Current.CancellationToken);
        text.ShouldBe(await File.ReadAllTextAsync(Path.Combine(Source(), $"{name}.txt"), TestContext.Current.CancellationToken));
    }

    /// <summary>Checklist 171.</summary>
    [Fact]
    public async Task The_list_has_every_plug_in_under_its_kind()
    {
        using var folder = new Workplace();
        var run = await ProgramRun.StartAsync(folder.Folder, ["seatunnel-connector", "-l"]);
        var names = InstalledPlugins.Look().Registry.Names;
        names.Count.ShouldBeGreaterThan(8);
        foreach (var kind in names.GroupBy(plugin => plugin.Kind, plugin => plugin.Name)) run.Output.ShouldContain($"\n{kind.Key}\n{string.Join(' ', kind.Order(StringComparer.OrdinalIgnoreCase))}\n");
    }

    [Fact]
    public void Every_golden_file_has_its_command() =>
        Directory.EnumerateFiles(Source(), "*.txt").Select(Path.GetFileNameWithoutExtension).Except(_commands.Select(command => command.Name)).ShouldBeEmpty();

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "golden", "command");

    /// <summary>What differs from run to run; how long an error's stack is, is no promise.</summary>
    private static string Masked(string text, string folder)
    {
        text = text.Replace(folder, "<folder>", StringComparison.Ordinal).ReplaceLineEndings("\n");
        text = Stack().Replace(text, "");
        text = Ids().Replace(text, "<id>");
        text = Times().Replace(text, "<time>");
        text = JobLines().Replace(text, "");
        text = Threads().Replace(text, "] [<thread>] - ");
        text = Seconds().Replace(text, "$1<number>");
        text = Begun().Replace(text, "$1<state>");
        text = Names().Replace(text, "$1<names>");
        return RowsLast(Progress().Replace(text, ""));
    }

    /// <summary>A job's first rows may be faster than the line that says it has begun.</summary>
    private static string RowsLast(string text)
    {
        var lines = text.Split('\n').ToLookup(line => line.StartsWith("subtaskIndex=", StringComparison.Ordinal) || line.StartsWith("output rowType:", StringComparison.Ordinal));
        return string.Join('\n', [.. lines[false], .. lines[true]]);
    }

    [GeneratedRegex(@"^   at .*\n|^ *--- End of .*\n", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stack();

    [GeneratedRegex(@"\d{15,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(,\d{3})?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Times();

    /// <summary>What the job's loops say comes between the other lines as it happens.</summary>
    [GeneratedRegex(@"^\[\d*(<id>)?\] .*\[chunnel\.Job .*\n", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JobLines();

    [GeneratedRegex(@"\] \[[^\[\]\n]*\] - ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Threads();

    /// <summary>Plug-ins come and go; a test of their own says which there are.</summary>
    [GeneratedRegex(@"(Known: |^(?:Source|Sink|Transform)\n).*", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"(""event"":""started"".*""state"":"")\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Begun();

    [GeneratedRegex(@"(""seconds"":|Total Time\(s\) +: +)[0-9.]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seconds();

    /// <summary>A short job may end before the first look at it.</summary>
    [GeneratedRegex(@"^\{""event"":""progress"".*\n|^pipeline \d+ .*\n", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Progress();
}
