using System.Text.RegularExpressions;

namespace Chunnel.Rest.Tests;

/// <summary>Names, ids and languages of jobs that are handed in, and what is said of mistakes in them.</summary>
public sealed class SubmitRulesTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Nameless = """
        { "env": { "job.mode": "BATCH" },
          "source": [ { "plugin_name": "FakeSource", "row.num": 1, "schema": { "fields": { "id": "bigint" } } } ], "sink": [ { "plugin_name": "Console" } ] }
        """;

    private NodeUnderTest Node => shared.Node;

    /// <summary>rest-api.md 71, 72: the parameter's name, else the job's, else SeaTunnel's word, which is no name as a parameter.</summary>
    [Theory]
    [InlineData("?jobName=mine", Jobs.Short, "mine")]
    [InlineData("", Jobs.Short, "short")]
    [InlineData("?jobName=", Jobs.Short, "short")]
    [InlineData("?jobName=SeaTunnel_Job", Jobs.Short, "short")]
    [InlineData("", Nameless, "SeaTunnel_Job")]
    public async Task A_job_has_the_name_that_it_was_given_last(string query, string job, string name)
    {
        var answer = await Node.PostAsync($"/submit-job{query}", job);
        answer.Status.ShouldBe(200, answer.Body);
        Regex.IsMatch(answer.Body, $$"""^\{"jobId":"\d{17,19}","jobName":"{{name}}"\}$""").ShouldBeTrue(answer.Body);
    }

    /// <summary>rest-api.md 74.</summary>
    [Theory]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    public async Task An_id_that_is_no_number_is_refused(string jobId)
    {
        var answer = await Node.PostAsync($"/submit-job?jobId={jobId}", Jobs.Short);
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("message").GetString().ShouldBe($"For input string: \"{jobId}\"");
    }

    /// <summary>rest-api.md 78, 84: a language that is none is JSON, and the content type that curl makes up means nothing.</summary>
    [Fact]
    public async Task What_is_not_told_is_JSON()
    {
        (await Node.PostAsync("/submit-job?format=xyz", Jobs.Short)).Status.ShouldBe(200);
        (await Node.PostAsync("/submit-job?format=xyz", "env { }")).Json.GetProperty("message").GetString().ShouldBe("Invalid JSON format in request body.");
        (await Node.PostAsync("/submit-job", Jobs.Short, "application/x-www-form-urlencoded")).Status.ShouldBe(200);
        (await Node.PostAsync("/submit-job", Jobs.Short, contentType: null)).Status.ShouldBe(200);
    }

    /// <summary>
    /// rest-api.md 79 to 82, where real servers answer some of a caller's mistakes with 500: docs/adr/0070-what-rest-answers-to-mistakes.md.
    /// </summary>
    [Theory]
    [InlineData("sql", "CREATE TABLE f (id INT) WITH ('connector' = 'FakeSource', 'type' = 'source');\n", "The SQL config must contain `INSERT INTO ... SELECT ...` syntax")]
    [InlineData("hocon", "env { job.mode = \n source [", "job:")]
    [InlineData("json", """{ "source": [ { "plugin_name": "FakeSource", "schema": { "fields": { "id": "int" } } } ], "sink": [ { "plugin_name": "Console" } ] }""", "env")]
    [InlineData("json", """{ "env": {}, "sink": [ { "plugin_name": "Console" } ] }""", "Miss <Source> config! Please check the config file.")]
    [InlineData("json", """{ "env": {}, "source": [ { "plugin_name": "FakeSource", "schema": { "fields": { "id": "int" } } } ], "sink": [] }""", "Miss <Sink> config! Please check the config file.")]
    [InlineData("json", """{ "env": {}, "source": [ { "plugin_name": "NoSuchSource" } ], "sink": [ { "plugin_name": "Console" } ] }""", "NoSuchSource")]
    public async Task A_mistake_in_the_job_is_named(string format, string job, string text)
    {
        var answer = await Node.PostAsync($"/submit-job?format={format}", job);
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("status").GetString().ShouldBe("fail");
        answer.Json.GetProperty("message").GetString()!.ShouldContain(text);
    }

    /// <summary>rest-api.md 83.</summary>
    [Fact]
    public async Task Old_names_of_inputs_and_outputs_are_understood()
    {
        var old = Jobs.Short.Replace("plugin_output", "result_table_name", StringComparison.Ordinal).Replace("plugin_input", "source_table_name", StringComparison.Ordinal);
        var job = (await Node.WaitAsync(await Node.SubmitAsync(old), "FINISHED")).Json;
        job.GetProperty("metrics").GetProperty("TableSinkWriteCount").GetRawText().ShouldBe("""{"fake":"5"}""");
    }

    /// <summary>rest-api.md 98, 101, 102.</summary>
    [Fact]
    public async Task An_id_to_stop_may_be_a_number_or_text_and_need_not_be_known()
    {
        (await Node.PostAsync("/stop-job", """{"jobId": 404}""")).Body.ShouldBe("""{"jobId":"404"}""");
        (await Node.PostAsync("/stop-job", """{"jobId": "404"}""")).Body.ShouldBe("""{"jobId":"404"}""");
        foreach (var body in new[] { "{}", """{"jobId": null}""", """{"isStopWithSavePoint": true}""" })
        {
            var answer = await Node.PostAsync("/stop-job", body);
            (answer.Status, answer.Body).ShouldBe((400, """{"status":"fail","message":"jobId cannot be empty."}"""));
        }
    }

    /// <summary>rest-api.md 27: no failure is without text here, on either face; what has none of its own is named by its code.</summary>
    [Fact]
    public void A_failure_always_has_a_text()
    {
        var answer = ErrorAnswer.Of(new InvalidOperationException(""));
        answer.Status.ShouldBe(500);
        answer.Message.ShouldStartWith("ErrorCode:[");
    }
}
