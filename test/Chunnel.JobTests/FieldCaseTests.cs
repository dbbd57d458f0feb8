namespace Chunnel.JobTests;

/// <summary>Inputs that users reported, each with its right result, through the real program.</summary>
public sealed class FieldCaseTests
{
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateDirectories(Case.Root).Select(folder => Path.GetFileName(folder)).Where(IsTold).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_right_result(string name)
    {
        var (wrong, output) = await RunAsync(name);
        wrong.ShouldBeEmpty(output);
    }

    private static bool IsTold(string name)
    {
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
