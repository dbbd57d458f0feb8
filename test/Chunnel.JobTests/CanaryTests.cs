using Chunnel.Canaries;

namespace Chunnel.JobTests;

/// <summary>S10: the command says nothing of the secrets in a job, whatever is done with it.</summary>
public sealed class CanaryTests
{
    public static TheoryData<string> Orders => ["check", "plan", "plan --json", "run", "run --json", "seatunnel -m local -c", "seatunnel --check -c"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task No_secret_comes_out_of_the_command(string order)
    {
        var folder = Directory.CreateTempSubdirectory("chunnel-canary-");
        try
        {
            foreach (var (name, _, text) in CanaryJobs.All.Where(job => IsTaken(job.Name)))
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, TestContext.Current.CancellationToken);
                var words = order.Split(' ');
                var run = await ProgramRun.StartAsync(folder.FullName, [.. words, name]);
                run.All.Trim().ShouldNotBeEmpty();
                foreach (var word in CanaryJobs.Words) run.All.ShouldNotContain(word, Shouldly.Case.Insensitive, $"{order} {name}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A process for each order and job takes its time: some of every kind; all of them go through a node in the tests of REST.</summary>
    private static bool IsTaken(string name) => name is "runs.conf" or "fails.json" or "shaded.sql" or "shaded-wrongly.conf" or "wrong-after-pin.json" or "unread-after-token.conf" or "unread-after-uri.json";
}
