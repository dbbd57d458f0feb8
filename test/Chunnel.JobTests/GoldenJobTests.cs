using Chunnel.Core;
using Chunnel.Server;

namespace Chunnel.JobTests;

/// <summary>Jobs that a real server ran: here they end the same, with the same rows, graph and files, and an error at least as good.</summary>
public sealed class GoldenJobTests
{
    private static readonly ILookup<string, (string Field, string Ours)> _differences =
        GoldenTable.Read("differences.md").ToLookup(row => row[0], row => (row[1], row[2]));

    private static readonly Dictionary<string, string[]> _errors =
        GoldenTable.Read("errors.md").ToDictionary(row => row[0], row => row[1].Split("; ", StringSplitOptions.RemoveEmptyEntries));

    public static TheoryData<string> Names => [.. GoldenJob.Names];

    public static TheoryData<string> FileNames => [.. GoldenJob.Names.Where(name => name.StartsWith("localfile-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ends_as_recorded_but_for_the_listed_differences(string name)
    {
        using var folder = new Workplace();
        var run = await GoldenRun.StartAsync(name, folder.Folder, TestContext.Current.CancellationToken);
        var found = GoldenCompare.Differences(GoldenJob.Recorded(name), run.Result, GoldenJob.GivesItsRows(GoldenJob.Text(name, folder.Folder)));
        var allowed = _differences[name].ToList();
        found.Where(one => !allowed.Exists(listed => listed.Field == one.Field && listed.Ours == one.Ours))
            .Select(one => $"{one.Field}: {one.Recorded} -> {one.Ours}").ShouldBeEmpty(run.Error);
        allowed.Where(listed => !found.Any(one => one.Field == listed.Field))
            .Select(listed => listed.Field).ShouldBeEmpty("differences that are gone must leave golden/differences.md");
        if (run.Result.End is "REFUSED" or "FAILED")
        {
            var words = _errors.GetValueOrDefault(name).ShouldNotBeNull($"golden/errors.md says nothing about it. Our message: {run.Error}");
            words.Where(word => !run.Error.Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(run.Error);
        }
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public async Task Writes_the_files_that_were_recorded(string name)
    {
        using var folder = new Workplace();
        var run = await GoldenRun.StartAsync(name, folder.Folder, TestContext.Current.CancellationToken);
        run.Error.ShouldBeEmpty();
        var ours = folder.Glob("**/*").ToDictionary(file => Path.GetRelativePath(folder.Folder, file), File.ReadAllText);
        var root = Path.Combine(GoldenJob.Root, "files");
        ours.ShouldNotBeEmpty();
        foreach (var (file, text) in ours) text.ShouldBe(File.ReadAllText(Path.Combine(root, file)), file);
    }

    [Fact]
    public void The_tables_name_recorded_jobs_only()
    {
        string[] named = [.. _errors.Keys, .. _differences.Select(one => one.Key)];
        named.Except(GoldenJob.Names).ShouldBeEmpty();
    }
}
