using System.Globalization;

namespace Chunnel.Rest.Tests;

public sealed class BatchTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private NodeUnderTest Node => shared.Node;

    /// <summary>rest-api.md 88, 89.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Jobs_of_a_list_are_answered_in_its_order(bool onV1)
    {
        var offset = onV1 ? 10 : 0;
        var body = $"[{With($$"""{ "jobId": "{{123456 + offset}}", "jobName": "first" }""")}, {Jobs.Short}, {With($$"""{ "jobId": {{1234567 + offset}} }""")}, {With("{}")}, {With("null")}]";
        var answer = onV1 ? await Node.V1PostAsync("/submit-jobs", body) : await Node.PostAsync("/submit-jobs", body);
        answer.Status.ShouldBe(200, answer.Body);
        var taken = answer.Json.EnumerateArray().Select(job => (Id: job.GetProperty("jobId").GetString(), Name: job.GetProperty("jobName").GetString())).ToList();
        taken.Select(job => job.Name).ShouldBe(["first", "short", "short", "short", "short"]);
        taken[0].Id.ShouldBe($"{123456 + offset}");
        taken[2].Id.ShouldBe($"{1234567 + offset}");
        taken[1].Id!.Length.ShouldBeGreaterThan(17);
        taken.Select(job => job.Id).ShouldBeUnique();
        foreach (var job in taken) await Node.WaitAsync(job.Id!, "FINISHED");
    }

    /// <summary>rest-api.md 90: the answer is the mistake's, the first job stays, the third is not tried.</summary>
    [Fact]
    public async Task A_list_ends_at_its_first_mistake()
    {
        var bad = With("""{ "jobId": "772" }""").Replace("FakeSource", "NoSuchSource", StringComparison.Ordinal);
        var answer = await Node.PostAsync("/submit-jobs", $"[{With("""{ "jobId": "771" }""")},\n {bad}, {With("""{ "jobId": "773" }""")}]");
        answer.Status.ShouldBe(400);
        answer.Json.GetProperty("message").GetString()!.ShouldContain("NoSuchSource");
        answer.Json.GetProperty("message").GetString()!.ShouldContain("job:8:", Case.Sensitive, "places are those of the whole body");
        answer.Headers["X-Chunnel-Detail"].ShouldContain("Job 2 of 3. Submitted before it: 771.");
        await Node.WaitAsync("771", "FINISHED");
        (await Node.GetAsync("/job-info/773")).Body.ShouldBe("""{"jobId":"773"}""");
    }

    /// <summary>rest-api.md 91.</summary>
    [Theory]
    [InlineData("[]")]
    [InlineData("[5, \"x\", null, []]")]
    public async Task A_list_without_jobs_is_answered_with_none(string body) => (await Node.PostAsync("/submit-jobs", body)).Body.ShouldBe("[]");

    /// <summary>rest-api.md 21, 22, 23, 75.</summary>
    [Theory]
    [InlineData("/submit-jobs", "", "Request body is empty.")]
    [InlineData("/stop-jobs", "", "Request body is empty.")]
    [InlineData("/submit-job", "", "Request body is empty.")]
    [InlineData("/stop-job", "", "Request body is empty.")]
    [InlineData("/submit-jobs", "{\"env\": ", "Invalid JSON format in request body.")]
    [InlineData("/stop-jobs", "[{", "Invalid JSON format in request body.")]
    [InlineData("/submit-job", "{\"env\": ", "Invalid JSON format in request body.")]
    [InlineData("/stop-job", "{", "Invalid JSON format in request body.")]
    [InlineData("/submit-jobs", "{}", "Invalid JSON format in request body.")]
    [InlineData("/stop-jobs", "{}", "Invalid JSON format in request body.")]
    [InlineData("/stop-jobs", "[5]", "Invalid JSON format in request body.")]
    [InlineData("/stop-jobs", "[{}]", "jobId cannot be empty.")]
    [InlineData("/stop-job", "{}", "jobId cannot be empty.")]
    [InlineData("/stop-job", "{\"jobId\": \"x1\"}", "For input string: \\\"x1\\\"")]
    [InlineData("/submit-jobs", "[{\"params\": {\"isStartWithSavePoint\": \"true\"}}]", "Please provide jobId when start with save point.")]
    [InlineData("/submit-job?isStartWithSavePoint=true", "{}", "Please provide jobId when start with save point.")]
    [InlineData("/submit-job?isStartWithSavePoint=true&format=sql", "x", "Please provide jobId when start with save point.")]
    [InlineData("/submit-job?isStartWithSavePoint=true&format=hocon", "x", "Please provide jobId when start with save point.")]
    public async Task Texts_that_callers_compare_with_are_the_same_on_both_faces(string target, string body, string message)
    {
        var v2 = await Node.PostAsync(target, body);
        v2.Status.ShouldBe(400);
        v2.Body.ShouldBe($$"""{"status":"fail","message":"{{message}}"}""");
        v2.ContentType.ShouldBe("application/json;charset=utf-8");
        var v1 = await Node.V1PostAsync(target, body);
        v1.Status.ShouldBe(400);
        v1.Body.ShouldBe(v2.Body);
        v1.ContentType.ShouldBe("application/json");
    }

    /// <summary>rest-api.md 103, 104: numbers in order, whatever they were; small ones and texts too.</summary>
    [Fact]
    public async Task Jobs_are_stopped_in_the_order_of_a_list()
    {
        var first = await Node.SubmitAsync(Jobs.Endless);
        var second = await Node.SubmitAsync(Jobs.Endless, "?jobId=17");
        await Node.WaitAsync(first, "RUNNING");
        var answer = await Node.PostAsync("/stop-jobs", $$"""[{"jobId": "{{first}}"}, {"jobId": 17, "isStopWithSavePoint": "false"}, {"jobId": 5}]""");
        answer.Body.ShouldBe($$"""[{"jobId":{{first}}},{"jobId":17},{"jobId":5}]""");
        await Node.WaitAsync(first, "CANCELED");
        await Node.WaitAsync(second, "CANCELED");
    }

    /// <summary>rest-api.md 92.</summary>
    [Fact]
    public async Task Ids_that_are_made_at_once_differ()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Node.SubmitAsync(Jobs.Short)));
        answers.ShouldBeUnique();
        answers.ShouldAllBe(id => long.Parse(id, CultureInfo.InvariantCulture) > 1L << 53);
    }

    private static string With(string parameters) => Jobs.Short.Replace("\"env\"", $"\"params\": {parameters}, \"env\"", StringComparison.Ordinal);
}
