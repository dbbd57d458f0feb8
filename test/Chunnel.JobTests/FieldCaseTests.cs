namespace Chunnel.JobTests;

/// <summary>Inputs that users reported, each with its right result, through the real program.</summary>
public sealed class FieldCaseTests
{
    /// <summary>Cases that need what is not built yet, and what that is. A case that passes does not belong here.</summary>
    private static readonly Dictionary<string, string> _later = new(StringComparer.Ordinal)
    {
        ["fieldrename-regex-by-default"] = "FieldRename",
        ["jsonpath-source-column-unknown"] = "JsonPath",
    };

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateDirectories(Case.Root).Select(folder => Path.GetFileName(folder)).Where(IsTold).Order(StringComparer.Ordinal)];

    public static TheoryData<string> LaterNames => [.. _later.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_right_result(string name)
    {
        var (wrong, output) = await RunAsync(name);
        wrong.ShouldBeEmpty(output);
    }

    [Theory]
    [MemberData(nameof(LaterNames))]
    public async Task A_case_for_later_does_not_pass_yet(string name)
    {
        var (wrong, _) = await RunAsync(name);
        wrong.ShouldNotBeEmpty($"it passes: take it off the list of cases that wait for {_later[name]}");
    }

    private static bool IsTold(string name)
    {
        if (_later.ContainsKey(name)) return false;
        using var job = Case.Open(name);
        return !job.IsRest;
    }

    private static async Task<(IReadOnlyList<string> Wrong, string Output)> RunAsync(string name)
    {
        using var job = Case.Open(name);
        using var place = new Workplace(job.Folder);
        await using var database = job.NeedsPostgres ? await CaseDatabase.SetUpAsync(place, TestContext.Current.CancellationToken) : null;
        var runs = new List<ProgramRun>();
        foreach (var run in job.Runs)
        {
            string[] mode = run.Args.Contains("-m") || run.Args.Contains("-e") || run.Args.Contains("--check") ? [] : ["-m", "local"];
            runs.Add(await ProgramRun.StartAsync(place.Folder, ["seatunnel", "-c", run.Job, .. mode, .. run.Args], run.Environment));
        }
        IReadOnlyList<string> ofDatabase = database is null ? [] : await database.WrongAsync(job, TestContext.Current.CancellationToken);
        return ([.. new CaseCheck(job, place, runs).Wrong(), .. ofDatabase], string.Join("\n----\n", runs.Select(run => run.All)));
    }
}
