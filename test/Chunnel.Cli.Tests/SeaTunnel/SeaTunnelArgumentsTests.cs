using Chunnel.Cli.SeaTunnel;

namespace Chunnel.Cli.Tests;

/// <summary>The flags of seatunnel.sh as schedulers write them (spec engine.md 14.1, clients.md).</summary>
public sealed class SeaTunnelArgumentsTests
{
    [Theory]
    [InlineData("-c", "job.conf")]
    [InlineData("--config", "job.conf")]
    [InlineData("--config=job.conf")]
    public void A_value_stands_behind_a_blank_or_an_equals_sign(params string[] args) =>
        SeaTunnelArguments.Parse(args)["config"].ShouldBe("job.conf");

    [Fact]
    public void Variables_may_be_repeated_and_hold_blanks_and_equals_signs()
    {
        var parsed = SeaTunnelArguments.Parse(["-c", "j", "-i", "a=b c", "--variable", "u=x=2.3.1", "-i", "k1=v1,k2=v2"]);
        parsed.All("variable").ShouldBe(["a=b c", "u=x=2.3.1", "k1=v1,k2=v2"]);
    }

    [Fact]
    public void Unknown_options_are_ignored() => SeaTunnelArguments.Parse(["--nosuch", "-c", "j"])["config"].ShouldBe("j");

    [Fact]
    public void A_missing_value_is_a_mistake() => SeaTunnelArguments.Parse(["--config"]).Mistake.ShouldBe("Expected a value after parameter --config");

    [Fact]
    public void Several_jobs_can_be_cancelled_at_once() => SeaTunnelArguments.Parse(["-can", "1", "2", "3"]).All("cancel-job").ShouldBe(["1", "2", "3"]);

    [Theory]
    [InlineData(false)]
    [InlineData(true, "-cj")]
    [InlineData(true, "-cj", "false")]
    [InlineData(false, "-cj", "true")]
    [InlineData(true, "-cj", "-c", "j")]
    public void Closing_the_client_leaves_the_job_when_told(bool leaves, params string[] args) => SeaTunnelArguments.Parse(args).LeavesJobRunning.ShouldBe(leaves);
}
