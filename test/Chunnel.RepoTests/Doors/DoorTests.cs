using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Doors;

public sealed class DoorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-doors-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("$CHUNNEL_REPOSITORY/build.sh build")]
    [InlineData("$CHUNNEL_REPOSITORY/build.sh test")]
    public async Task Without_the_SDK_one_line_says_how_to_get_it(string command)
    {
        // A machine on which there is everything but dotnet.
        var path = Path.Combine(_folder, "bin");
        Directory.CreateDirectory(path);
        var link = $"for tool in bash env dirname readlink grep find mkdir touch rm cat; do ln -s \"$(command -v $tool)\" '{path}'; done";
        (await Bash.RunAsync(link, _folder, environment: null, Stop)).Code.ShouldBe(0);

        var outcome = await Bash.RunAsync(command, _folder, new Dictionary<string, string> { ["PATH"] = path }, Stop);

        outcome.Code.ShouldBe(69);
        outcome.Output.ShouldBeEmpty();
        outcome.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("apt-get install dotnet-sdk-10.0");
    }

    [Fact]
    public async Task An_unknown_task_is_refused_with_the_known_ones()
    {
        var outcome = await Bash.RunAsync("$CHUNNEL_REPOSITORY/build.sh tset", _folder, environment: null, Stop);
        outcome.Code.ShouldBe(64);
        outcome.Errors.ShouldContain("'tset'");
        outcome.Errors.ShouldContain("./build.sh test");
    }

    [Fact]
    public async Task The_sample_data_are_the_same_bytes_every_time_and_of_the_kind_the_page_says()
    {
        var first = await Bash.RunAsync("$CHUNNEL_REPOSITORY/samples/quickstart.data.sh 2000", _folder, environment: null, Stop);
        var second = await Bash.RunAsync("$CHUNNEL_REPOSITORY/samples/quickstart.data.sh 2000", _folder, environment: null, Stop);
        second.Output.ShouldBe(first.Output);

        var lines = first.Output.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(2001);
        lines[0].ShouldBe("id,n,price,name,ts");
        lines[1].ShouldBe("1,281,618.53,rlddtusncjev,2024-03-01 22:00:11");
        lines.Count(line => line.Contains('"', StringComparison.Ordinal)).ShouldBe(20);
        lines.Count(line => !System.Text.Ascii.IsValid(line)).ShouldBeGreaterThan(500);
    }

    [Fact]
    public void The_sample_job_reads_what_the_sample_script_makes()
    {
        var job = Repository.Text("samples/quickstart.conf");
        var script = Repository.Text("samples/quickstart.data.sh");
        job.ShouldContain("/samples/data/orders.csv");
        script.ShouldContain("data/orders.csv");
        script.ShouldContain("orders 100000");
    }
}
