namespace Chunnel.Rest.Tests;

/// <summary>Secrets of jobs, encrypted over REST and opened when a job is submitted. What a real server answers is replayed beside this (golden/exact/encrypt-*).</summary>
public sealed class EncryptTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Sample = """
        {"env":{"parallelism":1,"shade.identifier":"base64"},"source":[{"plugin_name":"MySQL-CDC","schema":{"fields":{"name":"string","age":"int"}},"plugin_output":"fake","parallelism":1,"hostname":"127.0.0.1","username":"seatunnel","password":"seatunnel_password","table-name":"inventory_vwyw0n"}],"transform":[],"sink":[{"plugin_name":"Clickhouse","host":"localhost:8123","database":"default","table":"fake_all","username":"seatunnel","password":"seatunnel_password"}]}
        """;

    private const string Shaded = "c2VjcmV0LXJvdw==";
    private const string Plain = "secret-row";

    private NodeUnderTest Node => shared.Node;

    /// <summary>The same job in every language; its template of texts is shaded, so its rows show whether it was opened.</summary>
    public static TheoryData<string, string> Languages => new()
    {
        {
            "json", $$"""
            { "env": { "shade.identifier": "base64", "shade.options": ["string.template"] },
              "source": [ { "plugin_name": "FakeSource", "row.num": 1, "schema": { "fields": { "a": "string" } }, "string.template": ["{{Shaded}}"] } ],
              "sink": [ { "plugin_name": "Console" } ] }
            """
        },
        {
            "hocon", $$"""
            env { shade.identifier = "base64", shade.options = ["string.template"] }
            source { FakeSource { row.num = 1, schema { fields { a = string } }, string.template = ["{{Shaded}}"] } }
            sink { Console { } }
            """
        },
        {
            "sql", $$"""
            /* config
            env { shade.identifier = "base64", shade.options = ["string.template"] }
            */
            CREATE TABLE a WITH ('connector' = 'FakeSource', 'type' = 'source', 'row.num' = '1', 'schema' = '{ fields { a = string } }', 'string.template' = '["{{Shaded}}"]');
            CREATE TABLE b WITH ('connector' = 'Console', 'type' = 'sink');
            INSERT INTO b SELECT * FROM a;
            """
        },
    };

    /// <summary>rest-api.md 119: all else unchanged, numbers stay numbers.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_sample_of_the_document_on_both_faces(bool v2)
    {
        var answer = v2 ? await Node.PostAsync("/encrypt-config", Sample) : await Node.V1PostAsync("/encrypt-config", Sample);
        answer.Status.ShouldBe(200);
        answer.ContentType.ShouldBe("application/json");
        answer.Body.ShouldBe(Sample.Replace("\"seatunnel\"", "\"c2VhdHVubmVs\"", StringComparison.Ordinal).Replace("seatunnel_password", "c2VhdHVubmVsX3Bhc3N3b3Jk", StringComparison.Ordinal));
    }

    /// <summary>rest-api.md 120.</summary>
    [Fact]
    public async Task Without_a_shade_nothing_changes()
    {
        var plain = Sample.Replace(",\"shade.identifier\":\"base64\"", "", StringComparison.Ordinal);
        (await Node.PostAsync("/encrypt-config", plain)).Body.ShouldBe(plain);
    }

    /// <summary>rest-api.md 121, 123: what shade.options names too; lists by their items; transforms; nothing nested.</summary>
    [Fact]
    public async Task Options_lists_and_transforms_are_encrypted_nested_members_are_not()
    {
        var answer = await Node.PostAsync("/encrypt-config", """
            {"env":{"shade.identifier":"base64","shade.options":["hostname"]},
             "source":[{"plugin_name":"F","hostname":"h","token":["a","b"],"inner":{"password":"p"},"user":"u"}],
             "transform":[{"plugin_name":"T","auth":"a"}],"sink":[{"plugin_name":"C","access_key":"k","Password":"P"}]}
            """);
        answer.Body.ShouldBe("""{"env":{"shade.identifier":"base64","shade.options":["hostname"]},"source":[{"plugin_name":"F","hostname":"aA==","token":["YQ==","Yg=="],"inner":{"password":"p"},"user":"u"}],"transform":[{"plugin_name":"T","auth":"YQ=="}],"sink":[{"plugin_name":"C","access_key":"aw==","Password":"P"}]}""");
    }

    [Fact]
    public async Task Transform_is_always_there_and_numbers_stay_as_they_were_written()
    {
        var answer = await Node.PostAsync("/encrypt-config", """{"env":{},"source":[{"plugin_name":"F","big":12345678901234567890,"e":1e+30,"i":100000.0}],"sink":[{"plugin_name":"C"}]}""");
        answer.Body.ShouldBe("""{"env":{},"source":[{"plugin_name":"F","big":12345678901234567890,"e":1e+30,"i":100000.0}],"transform":[],"sink":[{"plugin_name":"C"}]}""");
    }

    [Theory]
    [InlineData("12")]
    [InlineData("""{"a":"b"}""")]
    public async Task A_value_that_is_no_text_is_refused_with_its_place(string value)
    {
        var answer = await Node.PostAsync("/encrypt-config", Sample.Replace("\"seatunnel_password\"", value, StringComparison.Ordinal));
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("message").GetString().ShouldBe("Failed to encrypt config. Please check your configuration.");
        answer.Headers["X-Chunnel-Detail"].ShouldContain("'password'");
    }

    /// <summary>rest-api.md 122; field case rest-shaded-values-in-every-format.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_submitted_job_runs_with_its_secrets_opened(string format, string job)
    {
        var jobId = await Node.SubmitAsync(job, $"?format={format}");
        (await Node.WaitAsync(jobId, "FINISHED", "FAILED")).Json.GetProperty("jobStatus").GetString().ShouldBe("FINISHED");
        (await Node.GetAsync($"/logs/job-{jobId}.log")).Body.ShouldContain(Plain);
    }

    /// <summary>Field case rest-shaded-values-in-every-format: a file that is uploaded, too.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public async Task An_uploaded_job_runs_with_its_secrets_opened(string format, string job)
    {
        var form = $"--b\r\nContent-Disposition: form-data; name=\"config_file\"; filename=\"job.{(format == "hocon" ? "conf" : format)}\"\r\n\r\n{job}\r\n--b--\r\n";
        var answer = await Node.PostAsync("/submit-job/upload", form, "multipart/form-data; boundary=b");
        answer.Status.ShouldBe(200, answer.Body);
        var jobId = answer.Json.GetProperty("jobId").GetString()!;
        (await Node.WaitAsync(jobId, "FINISHED", "FAILED")).Json.GetProperty("jobStatus").GetString().ShouldBe("FINISHED");
        (await Node.GetAsync($"/logs/job-{jobId}.log")).Body.ShouldContain(Plain);
    }

    [Fact]
    public async Task A_submitted_job_whose_secret_cannot_be_opened_is_refused()
    {
        var answer = await Node.PostAsync("/submit-job", Languages.First().Data.Item2.Replace(Shaded, "@@@", StringComparison.Ordinal));
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("message").GetString().ShouldBe("Failed to decrypt config. Please check your configuration.");
        answer.Headers["X-Chunnel-Detail"].ShouldContain("is not base64");
    }
}
