using Chunnel.Cli.SeaTunnel;

namespace Chunnel.Cli.Tests;

/// <summary>What seatunnel.sh answers with, by exit code (spec engine.md 14.1).</summary>
public sealed class SeaTunnelCommandTests
{
    [Theory]
    [InlineData(234)]
    [InlineData(234, "-h")]
    [InlineData(234, "--help")]
    [InlineData(234, "--config")]
    [InlineData(1, "--config", "nosuch.conf", "-m", "local")]
    [InlineData(1, "--config", "nosuch.conf", "--check")]
    [InlineData(1, "-c", "job.conf", "-m", "nosuch")]
    [InlineData(1, "-m", "local")]
    public async Task Exit_codes_are_those_that_schedulers_know(int code, params string[] args) => (await SeaTunnelCommand.RunAsync(args)).ShouldBe(code);

    [Theory]
    [InlineData("worker", 1)]
    [InlineData("king", 1)]
    public async Task A_role_that_is_not_there_is_refused(string role, int code) => (await SeaTunnelClusterCommand.RunAsync(["-r", role])).ShouldBe(code);
}
