using System.Text.Json;
using Chunnel.Cli.Commands;
using Chunnel.Cli.Running;
using Chunnel.Cli.SeaTunnel;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Cli.Tests;

/// <summary>Local runs through the reporters.</summary>
public sealed class LocalRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-cli-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task Events_tell_the_run_as_json_lines()
    {
        var code = await RunAsync(new JsonReporter(_output), """
            env { job.name = "n" }
            source { FakeSource { row.num = 7, schema = { fields { a = int } } } }
            sink { Console { nosuch = 1 } }
            """);
        code.ShouldBe(0);
        var events = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        events.Select(one => one.GetProperty("event").GetString()).Where(name => name != "progress").ShouldBe(["problem", "started", "ended"]);
        events[0].GetProperty("severity").GetString().ShouldBe("warning");
        events[0].GetProperty("line").GetInt32().ShouldBe(3);
        var ended = events[^1];
        ended.GetProperty("state").GetString().ShouldBe("FINISHED");
        ended.GetProperty("rowsRead").GetInt64().ShouldBe(7);
        ended.GetProperty("rowsCommitted").GetInt64().ShouldBe(7);
    }

    [Theory]
    [InlineData("FakeSource { row.num = 20000, split.num = 4, parallelism = 2, schema = { fields { a = int } } }", 8)]
    [InlineData("LocalFile { path = \"$folder/in\", file_format_type = csv, schema = { fields { a = int } } }", 3)]
    public async Task A_source_that_ends_tells_its_share(string source, int splits)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "in"));
        for (var file = 0; file < 3; file++) await File.WriteAllLinesAsync(Path.Combine(_folder, "in", $"{file}.csv"), Enumerable.Range(0, 9000).Select(row => $"{row}"), TestContext.Current.CancellationToken);
        var last = new LastLook();
        (await RunAsync(last, $"env {{}}\nsource {{ {source.Replace("$folder", _folder, StringComparison.Ordinal)} }}\nsink {{ Assert {{ rules {{ row_rules = [ {{ rule_type = MIN_ROW, rule_value = 1 }} ] }} }} }}")).ShouldBe(0);
        last.Job!.Pipelines[0].Progress.ShouldBe(new ProgressView(splits, splits, 1));
    }

    [Fact]
    public async Task Plain_lines_close_with_the_statistics()
    {
        (await RunAsync(new PlainReporter(_output, _errors), "env {}\nsource { FakeSource { row.num = 3, schema = { fields { a = int } } } }\nsink { Console {} }")).ShouldBe(0);
        _output.ToString().ShouldContain("end with state FINISHED");
        _output.ToString().ShouldContain("Total Write Count         :                   3");
        _errors.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_job_tells_every_mistake_and_starts_nothing()
    {
        (await RunAsync(new PlainReporter(_output, _errors), "env {}\nsource { FakeSorce {} }\nsink { Consle {} }")).ShouldBe(1);
        _errors.ToString().ShouldContain("Did you mean 'FakeSource'?");
        _errors.ToString().ShouldContain("Did you mean 'Console'?");
        _output.ToString().ShouldNotContain("started");
    }

    [Fact]
    public async Task A_failed_job_ends_with_its_error_and_code_1()
    {
        (await RunAsync(new PlainReporter(_output, _errors), """
            env { job.retry.times = 0 }
            source { FakeSource { row.num = 1, schema = { fields { a = int } } } }
            sink { Assert { rules { row_rules = [ { rule_type = MIN_ROW, rule_value = 5 } ] } } }
            """)).ShouldBe(1);
        _output.ToString().ShouldContain("end with state FAILED");
        _output.ToString().ShouldNotContain("Job Statistic Information");
        _errors.ToString().ShouldContain("row");
    }

    [Fact]
    [Trait("spec", "config.md 1, engine.md 10")]
    public async Task The_log_shows_the_job_without_its_secrets()
    {
        var log = new RecordedLog();
        (await RunAsync(new SeaTunnelReporter(log, TimeProvider.System), "env {}\nsource { FakeSource { row.num = 1, password = hush, schema = { fields { a = int } } } }\nsink { Console {} }")).ShouldBe(0);
        var shown = log.Lines.Single(line => line.StartsWith("Parsed config file: \n", StringComparison.Ordinal));
        shown.ShouldContain("\"password\" : \"******\"");
        shown.ShouldContain("\"row.num\" : 1");
        log.Lines.ShouldAllBe(line => !line.Contains("hush"));
    }

    [Fact]
    public void A_check_tells_mistakes_and_warnings_without_starting()
    {
        var problems = Job("env {}\nsource { FakeSource { row.nm = 1, schema = { fields { a = int } } } }\nsink { Assert {} }").Check().Problems;
        problems.ShouldContain(problem => problem.What.Contains("row.nm", StringComparison.Ordinal));
        problems.ShouldAllBe(problem => problem.Where.Line > 0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class LastLook : IRunReporter
    {
        public TimeSpan Interval => TimeSpan.FromSeconds(1);

        public JobView? Job { get; private set; }

        public void Problem(Core.Problem problem)
        {
        }

        public void Started(JobView job)
        {
        }

        public void Progress(JobView job, IReadOnlyList<PipelinePace> paces, TimeSpan running)
        {
        }

        public void Stopping()
        {
        }

        public void Ended(JobView job, DateTimeOffset started, DateTimeOffset ended) => Job = job;

        public void Dispose()
        {
        }
    }

    private JobArguments Job(string text)
    {
        var path = Path.Combine(_folder, "job.conf");
        File.WriteAllText(path, text);
        return new JobArguments(path);
    }

    private async Task<int> RunAsync(IRunReporter reporter, string text)
    {
        using var logs = new NodeLogs(null, "", null, TimeProvider.System);
        using (reporter) return await LocalRun.RunAsync(Job(text), reporter, logs, new Printing(_ => { }, null), TimeProvider.System);
    }

    private sealed class RecordedLog : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
