namespace Chunnel.JobTests;

/// <summary>Field cases that are told over REST: the real program as a node, the calls in order.</summary>
public sealed class RestCaseTests
{
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateDirectories(Case.Root).Select(folder => Path.GetFileName(folder)).Where(IsTold).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_right_answers(string name)
    {
        using var job = Case.Open(name);
        using var place = new Workplace(job.Folder);
        await using var server = await ServerProgram.StartAsync(place.Folder);
        var calls = new RestCaseRun(job, place, server.Client);
        var run = await calls.RunAsync();
        string[] wrong = [.. calls.Wrong, .. new CaseCheck(job, place, [run]).Wrong()];
        wrong.ShouldBeEmpty(run.All);
    }

    private static bool IsTold(string name)
    {
        using var job = Case.Open(name);
        return job.IsRest;
    }
}
