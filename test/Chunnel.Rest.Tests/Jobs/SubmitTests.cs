namespace Chunnel.Rest.Tests;

public sealed class SubmitTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Hocon = """
        # a job as people write it
        env {
          job.name = "by hand"
          job.mode = "BATCH"
        }
        source {
          FakeSource {
            plugin_output = "fake"
            row.num = 5
            schema = { fields { id = "int", name = "string" } }
          }
        }
        sink {
          Console { plugin_input = "fake" }
        }
        """;

    private const string Sql = """
        /* config
        env {
          parallelism = 1
          job.mode = "BATCH"
          job.name = "in sql"
        }
        */
        CREATE TABLE fake (id INT, name STRING) WITH (
          'connector' = 'FakeSource',
          'type' = 'source',
          'row.num' = '4',
          'schema' = '{ fields { id = "int", name = "string" } }'
        );
        CREATE TABLE screen (id INT) WITH ('connector' = 'Console', 'type' = 'sink');
        INSERT INTO screen SELECT * FROM fake;
        """;

    private NodeUnderTest Node => shared.Node;

    /// <summary>rest-api.md 76, 77.</summary>
    [Theory]
    [InlineData("hocon", Hocon, "by hand", "5")]
    [InlineData("HOCON", Hocon, "by hand", "5")]
    [InlineData("sql", Sql, "in sql", "4")]
    [InlineData("SQL", Sql, "in sql", "4")]
    public async Task Every_format_runs(string format, string text, string name, string rows)
    {
        var answer = await Node.PostAsync($"/submit-job?format={format}", text);
        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("jobName").GetString().ShouldBe(name);
        var job = await Node.WaitAsync(answer.Json.GetProperty("jobId").GetString()!, "FINISHED", "FAILED");
        job.Json.GetProperty("metrics").GetProperty("SinkWriteCount").GetString().ShouldBe(rows, job.Body);
    }

    /// <summary>Mistakes come all at once, each with its place.</summary>
    [Fact]
    public async Task All_mistakes_come_in_one_answer()
    {
        var answer = await Node.PostAsync("/submit-job?format=hocon", """
            env { job.mode = "BATCH" }
            source { FakeSource { row.num = "many", schema = { fields { id = "int" } } } }
            sink { NoSuchSink { } }
            """);
        answer.Status.ShouldBe(400);
        var message = answer.Json.GetProperty("message").GetString()!;
        message.ShouldContain("job:2:");
        message.ShouldContain("row.num");
        message.ShouldContain("job:3:");
        message.ShouldContain("NoSuchSink");
    }

    /// <summary>rest-api.md 22: the text is fixed, the place of the mistake stands in a header.</summary>
    [Fact]
    public async Task Broken_JSON_is_located_in_a_header()
    {
        var answer = await Node.PostAsync("/submit-job", "{\n  \"env\": {},\n  oops\n}");
        answer.Status.ShouldBe(400);
        answer.Body.ShouldBe("""{"status":"fail","message":"Invalid JSON format in request body."}""");
        answer.Headers["X-Chunnel-Detail"].ShouldContain("line 3");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("12")]
    [InlineData("{} x")]
    public async Task What_is_no_JSON_object_is_no_job(string body) =>
        (await Node.PostAsync("/submit-job", body)).Body.ShouldBe("""{"status":"fail","message":"Invalid JSON format in request body."}""");

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task An_empty_body_is_told_in_every_format(string body)
    {
        foreach (var format in new[] { "json", "hocon", "sql" })
        {
            var answer = await Node.PostAsync($"/submit-job?format={format}", body);
            answer.Status.ShouldBe(400);
            answer.Body.ShouldBe("""{"status":"fail","message":"Request body is empty."}""");
        }
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_refused()
    {
        var answer = await RawHttp.SendAsync(Node.Port, "POST", "/submit-job", [.. "{\"env\": \""u8, 0xC3, 0x28, .. "\"}"u8]);
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("message").GetString()!.ShouldContain("UTF-8");
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData(null)]
    public async Task The_content_type_of_a_request_means_nothing(string? type)
    {
        var answer = await Node.PostAsync("/submit-job?jobName=x", Jobs.Short.Replace("short", "测试任务", StringComparison.Ordinal), type);
        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("jobName").GetString().ShouldBe("x");
    }

    [Fact]
    public async Task A_name_outside_ASCII_survives_the_body()
    {
        var answer = await Node.PostAsync("/submit-job", Jobs.Short.Replace("short", "测试任务", StringComparison.Ordinal));
        answer.Body.ShouldContain("\"jobName\":\"测试任务\"");
    }

    /// <summary>S10: what is secret in env is not shown.</summary>
    [Fact]
    public async Task Secrets_in_env_are_hidden()
    {
        var job = Jobs.Short.Replace("\"job.mode\"", "\"custom_parameters\": { \"db_password\": \"hush-hush\" }, \"job.mode\"", StringComparison.Ordinal);
        var info = await Node.WaitAsync(await Node.SubmitAsync(job), "FINISHED");
        info.Body.ShouldNotContain("hush-hush");
        info.Json.GetProperty("jobDag").GetProperty("envOptions").GetProperty("custom_parameters").GetString().ShouldBe("{db_password=******}");
    }
}
