using Chunnel.Cli.Commands;
using Chunnel.Cli.Running;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Tests;

/// <summary>What <c>chunnel preview</c> shows.</summary>
public sealed class PreviewCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-preview").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task People_see_each_steps_rows_with_kinds_and_types_and_what_was_left_out()
    {
        (await RunAsync(Golden.Read("preview.conf"))).ShouldBe(ExitCodes.Success);
        Golden.Equal("preview.txt", _output.ToString());
        _errors.ToString().ShouldContain("'token'");
    }

    [Fact]
    public async Task Programs_see_the_whole_values()
    {
        (await RunAsync(Golden.Read("preview.conf"), json: true)).ShouldBe(ExitCodes.Success);
        Golden.Equal("preview.json", _output.ToString());
    }

    [Fact]
    public async Task No_secret_is_shown_even_if_it_is_a_value()
    {
        await RunAsync(Golden.Read("preview.conf"));
        await RunAsync(Golden.Read("preview.conf"), json: true);
        (_output.ToString() + _errors).ShouldNotContain("swordfish7", Case.Insensitive);
    }

    [Theory]
    [InlineData("Sql")]
    [InlineData("Transform[0]-Sql")]
    [InlineData("shaped")]
    public async Task One_step_can_be_seen_alone(string name)
    {
        (await RunAsync(Golden.Read("preview.conf"), step: name)).ShouldBe(ExitCodes.Success);
        _output.ToString().ShouldContain("Transform[0]-Sql");
        _output.ToString().ShouldNotContain("Source[0]");
        _output.ToString().ShouldNotContain("Transform[1]-Copy");
    }

    [Fact]
    public async Task A_step_that_is_none_is_told_before_anything_is_read() =>
        (await Should.ThrowAsync<ChunnelException>(() => RunAsync(Golden.Read("preview.conf"), step: "Sqq"))).Message.ShouldContain("Did you mean 'Sql'?");

    [Fact]
    public async Task A_row_that_fails_shows_what_was_seen_before_it()
    {
        (await RunAsync(Golden.Read("preview.conf").Replace("SKIP", "FAIL", StringComparison.Ordinal))).ShouldBe(ExitCodes.Failure);
        _output.ToString().ShouldContain("Lovelace");
        _output.ToString().ShouldContain("then it failed");
        _errors.ToString().ShouldContain("CAST(name AS int)");
    }

    [Fact]
    public async Task A_stream_that_gives_too_little_is_left_after_a_while()
    {
        (await RunAsync(Streaming("rows = [{ kind = INSERT, fields = [1] }]"))).ShouldBe(ExitCodes.Success);
        _output.ToString().ShouldEndWith("read 1 row(s) within 0.3 s, and no more came; --timeout gives it longer\n");
    }

    [Fact]
    public async Task A_stream_that_gives_nothing_is_a_failure()
    {
        (await RunAsync(Streaming("row.num = 0"))).ShouldBe(ExitCodes.Failure);
        _output.ToString().ShouldEndWith("no row came within 0.3 s: is there anything to read? --timeout gives it longer\n");
    }

    [Fact]
    public async Task Nothing_is_written_where_the_sink_would_write()
    {
        var target = Path.Combine(_folder, "out");
        var job = $$"""
            env {}
            source { FakeSource { row.num = 5, schema = { fields { id = bigint } } } }
            sink { LocalFile { path = "{{target}}", file_format_type = "json", data_save_mode = "DROP_DATA" } }
            """;
        Directory.CreateDirectory(target);
        await File.WriteAllTextAsync(Path.Combine(target, "kept"), "kept", TestContext.Current.CancellationToken);
        (await RunAsync(job)).ShouldBe(ExitCodes.Success);
        Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["job.conf", "out", "kept"], ignoreOrder: true);
    }

    private static string Streaming(string rows) => $$"""
        env { job.mode = STREAMING }
        source { FakeSource { {{rows}}, schema = { fields { id = bigint } } } }
        sink { Console {} }
        """;

    private async Task<int> RunAsync(string job, string? step = null, bool json = false)
    {
        var path = Path.Combine(_folder, "job.conf");
        await File.WriteAllTextAsync(path, job, TestContext.Current.CancellationToken);
        var settings = new PreviewSettings { Rows = 3, Timeout = TimeSpan.FromSeconds(job.Contains("STREAMING", StringComparison.Ordinal) ? 0.3 : 30) };
        return await PreviewCommand.RunAsync(new JobArguments(path), settings, step, json, _output, _errors, TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
