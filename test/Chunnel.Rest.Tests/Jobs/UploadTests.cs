using System.Text;

namespace Chunnel.Rest.Tests;

public sealed class UploadTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Hocon = "env { job.mode = \"BATCH\" }\nsource { FakeSource { plugin_output = \"fake\"\n schema = { fields { id = \"int\" } } } }\nsink { Console { plugin_input = \"fake\" } }\n";

    private const string Json = """{ "env": {}, "source": [ { "plugin_name": "FakeSource", "schema": { "fields": { "id": "int" } } } ], "sink": [ { "plugin_name": "Console" } ] }""";

    private const string Sql = "/* config\nenv { job.mode = \"BATCH\" }\n*/\nCREATE TABLE f (id INT) WITH ('connector' = 'FakeSource', 'type' = 'source', 'schema' = '{ fields { id = \"int\" } }');\nCREATE TABLE s (id INT) WITH ('connector' = 'Console', 'type' = 'sink');\nINSERT INTO s SELECT * FROM f;\n";

    private NodeUnderTest Node => shared.Node;

    /// <summary>rest-api.md 85: the name of the file tells the language; without a name it is JSON.</summary>
    [Theory]
    [InlineData("; filename=\"job.json\"", Json)]
    [InlineData("; filename=\"JOB.JSON\"", Json)]
    [InlineData("; filename=\"job.conf\"", Hocon)]
    [InlineData("; filename=\"C:\\folder\\job.config\"", Hocon)]
    [InlineData("; filename=job", Hocon)]
    [InlineData("; filename=\"job.sql\"", Sql)]
    [InlineData("; filename*=UTF-8''%E6%B5%8B.conf", Hocon)]
    [InlineData("", Json)]
    public async Task Every_kind_of_file_is_taken(string fileName, string text)
    {
        var answer = await UploadAsync("", $"config_file\"{fileName}", text);
        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("jobName").GetString().ShouldBe("SeaTunnel_Job");
        await Node.WaitAsync(answer.Json.GetProperty("jobId").GetString()!, "FINISHED");
    }

    /// <summary>rest-api.md 87.</summary>
    [Fact]
    public async Task The_query_gives_id_and_name()
    {
        var answer = await UploadAsync("?jobId=4711&jobName=uploaded", "config_file\"; filename=\"a.conf\"", Hocon);
        answer.Body.ShouldBe("""{"jobId":"4711","jobName":"uploaded"}""");
        (await UploadAsync("?isStartWithSavePoint=true", "config_file\"; filename=\"a.conf\"", Hocon)).Body
            .ShouldBe("""{"status":"fail","message":"Please provide jobId when start with save point."}""");
    }

    /// <summary>rest-api.md 86.</summary>
    [Fact]
    public async Task A_form_without_the_file_is_refused_with_the_way_to_send_it()
    {
        var other = await UploadAsync("", "other\"; filename=\"a.conf\"", Hocon);
        var none = await Node.PostAsync("/submit-job/upload", Hocon, "text/plain");
        var bare = await Node.PostAsync("/submit-job/upload", Hocon);
        foreach (var answer in new[] { other, none, bare })
        {
            answer.Status.ShouldBe(400);
            answer.Json.GetProperty("status").GetString().ShouldBe("fail");
            answer.Json.GetProperty("message").GetString()!.ShouldContain("config_file=@job.conf");
        }
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"config_file\"\r\n\r\n{")]
    [InlineData("multipart/form-data; boundary=b", "")]
    [InlineData("multipart/form-data; boundary=", "x")]
    [InlineData("multipart/form-data", "x")]
    public async Task A_broken_form_is_refused(string type, string body)
    {
        var answer = await Node.PostAsync("/submit-job/upload", body, type);
        answer.Status.ShouldBe(400, answer.Body);
        answer.Json.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Mistakes_name_the_file_and_the_place()
    {
        var answer = await UploadAsync("", "config_file\"; filename=\"orders.json\"", "{\n oops }");
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("message").GetString()!.ShouldContain("orders.json:2:");
        (await UploadAsync("", "config_file\"; filename=\"orders.json\"", " ")).Json.GetProperty("message").GetString().ShouldBe("Request body is empty.");
    }

    private Task<Answer> UploadAsync(string query, string part, string text)
    {
        var form = $"--mark\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nfirst\r\n--mark\r\nContent-Disposition: form-data; name=\"{part}\r\nContent-Type: application/octet-stream\r\n\r\n{text}\r\n--mark--\r\n";
        return RawHttp.SendAsync(Node.Port, "POST", $"/submit-job/upload{query}", Encoding.UTF8.GetBytes(form), "multipart/form-data; boundary=\"mark\"");
    }
}
