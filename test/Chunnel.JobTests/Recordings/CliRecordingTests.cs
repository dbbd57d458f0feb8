using System.Globalization;
using System.Text.RegularExpressions;

namespace Chunnel.JobTests;

/// <summary>The scripts answer as SeaTunnel's do, but for the listed differences (spec engine.md 14).</summary>
public sealed partial class CliRecordingTests(CliRecordingTests.Node node) : IClassFixture<CliRecordingTests.Node>
{
    /// <summary>Where nothing listens.</summary>
    private const string Nowhere = "http://127.0.0.1:1/";

    private static readonly HashSet<string> _unsaid = [.. GoldenTable.Read("cli/unsaid.md").Select(row => row[0].Trim('`'))];

    private static readonly Dictionary<string, (int ExitCode, string Says)> _differences =
        GoldenTable.Read("cli/differences.md").ToDictionary(row => row[0], row => (int.Parse(row[1], CultureInfo.InvariantCulture), row[2]));

    public static TheoryData<string> Names => [.. CliRecording.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_answers_as_recorded_but_for_the_listed_differences(string name)
    {
        var recorded = CliRecording.Read(name);
        using var folder = new Workplace(Path.Combine(GoldenJob.Root, "in"));
        var server = recorded.Args.Contains("-cn") ? Nowhere : node.Url;
        var run = await ProgramRun.StartAsync(folder.Folder, [Word(recorded.Script), .. recorded.Args], new Dictionary<string, string> { ["CHUNNEL_SERVER"] = server });
        if (_differences.TryGetValue(name, out var ours))
        {
            run.ExitCode.ShouldBe(ours.ExitCode, run.All);
            run.All.ShouldContain(ours.Says);
            return;
        }
        run.ExitCode.ShouldBe(recorded.ExitCode, run.All);
        var said = Masked(run.All);
        recorded.Says.Except(_unsaid).Where(line => !said.Contains(line, StringComparison.Ordinal)).ShouldBeEmpty(run.All);
        (recorded.Flags ?? []).Where(flag => !Regex.IsMatch(run.Output, $@"(?m)^ +(.*, )?{flag}\b", RegexOptions.None, TimeSpan.FromSeconds(1))).ShouldBeEmpty(run.Output);
    }

    [Fact]
    public void The_tables_name_recordings_only() => _differences.Keys.Except(CliRecording.Names).ShouldBeEmpty();

    /// <summary>The program's own word for a script of bin/.</summary>
    private static string Word(string script) => Path.GetFileNameWithoutExtension(script);

    private static string Masked(string text) => Times().Replace(Jars().Replace(Ids().Replace(text, "<id>"), "plugin jar []"), "$1<time>");

    [GeneratedRegex(@"\d{15,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();

    [GeneratedRegex(@"plugin jar \[.*\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Jars();

    [GeneratedRegex(@"((?:Start Time|End Time|Total Time\(s\)) *: ).*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Times();

    /// <summary>The node that the commands talk to, as the recorded ones had theirs.</summary>
    public sealed class Node : IAsyncLifetime
    {
        private readonly Workplace _folder = new();
        private ServerProgram? _server;

        public string Url => _server!.Client.BaseAddress!.ToString();

        public async ValueTask InitializeAsync() => _server = await ServerProgram.StartAsync(_folder.Folder);

        public async ValueTask DisposeAsync()
        {
            if (_server is not null) await _server.DisposeAsync();
            _folder.Dispose();
        }
    }
}
