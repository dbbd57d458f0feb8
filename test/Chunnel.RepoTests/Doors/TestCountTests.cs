namespace Chunnel.RepoTests.Doors;

/// <summary>The line "N passed, N failed" is what a build server goes by, so it must not lie.</summary>
public sealed class TestCountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-count-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_the_programs_report_is_added_up()
    {
        Program("A.Tests", Report(total: 3, passed: 3));
        Program("B.Tests", Report(total: 4, passed: 4));
        var outcome = await CountAsync();
        outcome.LastLine.ShouldBe("7 passed, 0 failed");
        outcome.Code.ShouldBe(0);
    }

    [Fact]
    public async Task One_failure_fails_the_whole_and_its_words_are_shown()
    {
        Program("A.Tests", Report(total: 3, passed: 3));
        Program("B.Tests", "echo 'expected 1 but was 2'; " + Report(total: 2, passed: 1, failed: 1) + "; exit 1");
        var outcome = await CountAsync();
        outcome.LastLine.ShouldBe("4 passed, 1 failed");
        outcome.Output.ShouldContain("expected 1 but was 2");
        outcome.Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_program_that_breaks_off_counts_as_a_failure()
    {
        Program("A.Tests", Report(total: 3, passed: 3));
        Program("B.Tests", "kill -SEGV $$");
        var outcome = await CountAsync();
        outcome.LastLine.ShouldBe("3 passed, 1 failed");
        outcome.Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_program_that_breaks_off_after_its_report_counts_as_a_failure()
    {
        Program("A.Tests", Report(total: 3, passed: 3) + "; exit 134");
        (await CountAsync()).LastLine.ShouldBe("3 passed, 1 failed");
    }

    [Fact]
    public async Task A_program_that_hangs_is_stopped_and_counts_as_a_failure()
    {
        Program("A.Tests", Report(total: 3, passed: 3));
        Program("B.Tests", "exec tail -f /dev/null");
        var outcome = await CountAsync(limit: 1);
        outcome.LastLine.ShouldBe("3 passed, 1 failed");
        outcome.Output.ShouldContain("B.Tests was stopped after 1 s.");
        outcome.Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_program_that_is_not_there_counts_as_a_failure()
    {
        Program("A.Tests", Report(total: 3, passed: 3));
        Project("B.Tests");
        (await CountAsync()).LastLine.ShouldBe("3 passed, 1 failed");
    }

    [Fact]
    public async Task No_test_at_all_is_a_failure()
    {
        Program("A.Tests", Report(total: 0, passed: 0));
        var outcome = await CountAsync();
        outcome.LastLine.ShouldBe("0 passed, 1 failed");
        outcome.Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_trouble_while_cleaning_up_is_a_failure()
    {
        Program("A.Tests", Report(total: 3, passed: 3, errors: 1) + "; exit 1");
        (await CountAsync()).LastLine.ShouldBe("3 passed, 1 failed");
    }

    [Fact]
    public async Task What_was_skipped_is_said()
    {
        Program("A.Tests", Report(total: 3, passed: 2, skipped: 1));
        (await CountAsync()).LastLine.ShouldBe("2 passed, 0 failed, 1 skipped");
    }

    [Fact]
    public async Task A_name_picks_programs_and_a_second_one_tests()
    {
        Program("A.Tests", Report(total: 3, passed: 3));
        Program("B.Tests", "case \"$*\" in *'-method *Hocon*'*) " + Report(total: 1, passed: 1) + ";; esac");
        (await CountAsync(arguments: "B Hocon")).LastLine.ShouldBe("1 passed, 0 failed");
    }

    [Fact]
    public async Task A_program_in_which_no_test_matches_is_no_failure()
    {
        Program("A.Tests", Report(total: 1, passed: 1));
        Program("B.Tests", Report(total: 0, passed: 0) + "; exit 8");
        (await CountAsync(arguments: "Tests Hocon")).LastLine.ShouldBe("1 passed, 0 failed");
    }

    private Task<Bash.Outcome> CountAsync(string arguments = "", int limit = 60) =>
        Bash.RunAsync($". \"$CHUNNEL_REPOSITORY/eng/test.sh\"; run_tests Debug {arguments}", _folder,
            new Dictionary<string, string> { ["CHUNNEL_TEST_LIMIT"] = limit.ToString() }, Stop);

    /// <summary>A script in the place of a test program; it gets the arguments that one would get.</summary>
    private void Program(string name, string script)
    {
        Project(name);
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "bin", name, "debug")).FullName;
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, $"#!/bin/bash\nreport() {{ while [ \"$1\" != -result-xml ]; do shift; done; echo \"$2\"; }}\nto=$(report \"$@\")\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void Project(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "test", name)).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), "");
    }

    private static string Report(int total, int passed, int failed = 0, int skipped = 0, int errors = 0) =>
        $"echo '<assemblies><assembly name=\"x\" errors=\"{errors}\" failed=\"{failed}\" passed=\"{passed}\" skipped=\"{skipped}\" time=\"0.1\" time-rtf=\"0\" total=\"{total}\"></assembly></assemblies>' > \"$to\"";
}
