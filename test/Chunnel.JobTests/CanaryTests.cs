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

    public static TheoryData<string> Runs => ["check", "plan", "run", "run --json", "seatunnel -m local -c"];

    /// <summary>S10: what a plug-in says when it fails is told without its secrets.</summary>
    [Theory]
    [MemberData(nameof(Runs))]
    public async Task No_secret_that_a_plug_in_tells_comes_out_of_the_command(string order)
    {
        var home = Directory.CreateTempSubdirectory("chunnel-leaky-");
        try
        {
            LeakyJobs.InstallPlugins(Path.Combine(home.FullName, "plugins"));
            foreach (var (name, text, end) in LeakyJobs.All.Where(job => job.Name is "make_source" or "read" or "commit" or "say" or "shaded"))
            {
                await File.WriteAllTextAsync(Path.Combine(home.FullName, "leak.conf"), text, TestContext.Current.CancellationToken);
                var run = await ProgramRun.StartAsync(home.FullName, [.. order.Split(' '), "leak.conf"], new Dictionary<string, string> { ["CHUNNEL_HOME"] = home.FullName });
                foreach (var word in CanaryJobs.Words) run.All.ShouldNotContain(word, Shouldly.Case.Insensitive, $"{order} {name}");
                if (end != "FINISHED" && order.Contains("run", StringComparison.Ordinal)) run.All.ShouldContain("******", Shouldly.Case.Sensitive, $"{order} {name}");
            }
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>Spec config.md 10: a cipher is a plug-in like others, found in plugins/NAME/ and loaded by the job that names it.</summary>
    [Fact]
    public async Task A_cipher_from_the_folder_of_plug_ins_opens_a_job_and_closes_one()
    {
        var home = Directory.CreateTempSubdirectory("chunnel-leaky-");
        try
        {
            LeakyJobs.InstallPlugins(Path.Combine(home.FullName, "plugins"));
            var environment = new Dictionary<string, string> { ["CHUNNEL_HOME"] = home.FullName };
            await File.WriteAllTextAsync(Path.Combine(home.FullName, "shaded.conf"), LeakyJobs.Shaded, TestContext.Current.CancellationToken);

            var run = await ProgramRun.StartAsync(home.FullName, ["run", "shaded.conf"], environment);
            run.ExitCode.ShouldBe(0, run.All);
            run.Output.ShouldContain($"SeaTunnelRow#kind=INSERT : {"c4n4ry-1".Length}", Shouldly.Case.Sensitive, run.All);

            var decrypted = await ProgramRun.StartAsync(home.FullName, ["decrypt", "shaded.conf"], environment);
            decrypted.Output.ShouldContain("\"c4n4ry-1\"");
            await File.WriteAllTextAsync(Path.Combine(home.FullName, "open.json"), decrypted.Output, TestContext.Current.CancellationToken);
            var encrypted = await ProgramRun.StartAsync(home.FullName, ["encrypt", "open.json"], environment);
            encrypted.Output.ShouldContain($"\"{LeakyJobs.Mirrored("c4n4ry-1")}\"", Shouldly.Case.Sensitive, encrypted.All);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>A process for each order and job takes its time: some of every kind; all of them go through a node in the tests of REST.</summary>
    private static bool IsTaken(string name) => name is "runs.conf" or "fails.json" or "shaded.sql" or "shaded-wrongly.conf" or "wrong-after-pin.json" or "unread-after-token.conf" or "unread-after-uri.json";
}
