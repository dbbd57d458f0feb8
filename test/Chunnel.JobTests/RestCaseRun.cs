using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>Makes the calls of a case in order and notes every answer that is not as told.</summary>
internal sealed class RestCaseRun(Case job, Workplace place, HttpClient client)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);
    private static readonly string[] _terminal = ["FINISHED", "FAILED", "CANCELED", "SAVEPOINT_DONE", "UNKNOWABLE"];

    private readonly Dictionary<string, string> _saved = new(StringComparer.Ordinal);
    private readonly List<string> _wrong = [];
    private readonly StringBuilder _answers = new();
    private string _jobId = "";
    private string _end = "REFUSED";

    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>The calls, and what they add up to in the form of a run of the command.</summary>
    public async Task<ProgramRun> RunAsync()
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var call in job.Expect.GetProperty("rest").EnumerateArray()) await CallAsync(call);
        var output = new StringBuilder().Append(_answers);
        if (_end != "REFUSED")
        {
            var (_, body) = await SendAsync(HttpMethod.Get, $"/job-info/{_jobId}", null);
            using var info = JsonDocument.Parse(body);
            var metrics = info.RootElement.GetProperty("metrics");
            output.Append($"\nJob ({_jobId}) end with state {info.RootElement.GetProperty("jobStatus").GetString()}\n");
            output.Append($"Total Read Count : {metrics.GetProperty("SourceReceivedCount").GetString()}\n");
            output.Append($"Total Write Count : {metrics.GetProperty("SinkWriteCount").GetString()}\n");
        }
        return new ProgramRun(_end is "REFUSED" or "FAILED" ? 1 : 0, output.ToString(), "", Stopwatch.GetElapsedTime(began));
    }

    private async Task CallAsync(JsonElement call)
    {
        if (call.TryGetProperty("wait", out var state))
        {
            await WaitAsync(state.GetString()!);
            return;
        }
        var isPost = call.TryGetProperty("post", out var target);
        var path = Filled((isPost ? target : call.GetProperty("get")).GetString()!);
        var body = call.TryGetProperty("body", out var file) ? await File.ReadAllBytesAsync(Path.Combine(place.Folder, file.GetString()!), TestContext.Current.CancellationToken) : null;
        var (status, answer) = await SendAsync(isPost ? HttpMethod.Post : HttpMethod.Get, path, body);
        _answers.Append(answer).Append('\n');
        Check(call, path, status, answer);
        if (isPost && status == 200 && path.StartsWith("/submit-job", StringComparison.Ordinal)) Remember(call, answer);
    }

    private void Remember(JsonElement call, string answer)
    {
        using var accepted = JsonDocument.Parse(answer);
        _jobId = accepted.RootElement.GetProperty("jobId").GetString()!;
        _end = "RUNNING";
        if (call.TryGetProperty("save", out var name)) _saved[name.GetString()!] = _jobId;
    }

    private async Task WaitAsync(string state)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            var (_, body) = await SendAsync(HttpMethod.Get, $"/job-info/{_jobId}", null);
            using var info = JsonDocument.Parse(body);
            _end = info.RootElement.GetProperty("jobStatus").GetString()!;
        }
        while (_end != state && !_terminal.Contains(_end) && await timer.WaitForNextTickAsync(limit.Token));
        if (_end != state) Say($"job {_jobId} is {_end}, expected {state}");
    }

    private void Check(JsonElement call, string path, int status, string answer)
    {
        if (call.TryGetProperty("status", out var statuses))
        {
            var expected = statuses.ValueKind == JsonValueKind.Array ? statuses.EnumerateArray().Select(one => one.GetInt32()).ToList() : [statuses.GetInt32()];
            if (!expected.Contains(status)) Say($"{path}: status {status}, expected {string.Join(" or ", expected)}: {answer}");
        }
        if (call.TryGetProperty("json", out var members)) CheckMembers(members, path, answer);
        foreach (var text in Texts(call, "contains").Concat(Texts(call, "raw_contains")).Where(text => !answer.Contains(text, StringComparison.Ordinal))) Say($"{path}: lacks '{text}': {answer}");
        foreach (var text in Texts(call, "lacks").Where(text => answer.Contains(text, StringComparison.Ordinal))) Say($"{path}: holds '{text}'");
        if (call.TryGetProperty("has_job", out var times) && Listed(answer) != times.GetInt32()) Say($"{path}: lists job {_jobId} {Listed(answer)} times, expected {times}");
        if (call.TryGetProperty("lacks_job", out var lacks) && lacks.GetBoolean() && Listed(answer) > 0) Say($"{path}: lists job {_jobId}");
    }

    private void CheckMembers(JsonElement members, string path, string answer)
    {
        using var json = JsonDocument.Parse(answer);
        foreach (var member in members.EnumerateObject())
        {
            if (!json.RootElement.TryGetProperty(member.Name, out var value)) Say($"{path}: no member {member.Name}: {answer}");
            else if (value.GetRawText() != member.Value.GetRawText()) Say($"{path}: {member.Name} is {value.GetRawText()}, expected {member.Value.GetRawText()}");
        }
    }

    private int Listed(string answer)
    {
        using var list = JsonDocument.Parse(answer);
        return list.RootElement.EnumerateArray().Count(one => one.GetProperty("jobId").GetString() == _jobId);
    }

    private string Filled(string path)
    {
        path = path.Replace("{jobId}", _jobId, StringComparison.Ordinal);
        foreach (var (name, id) in _saved) path = path.Replace($"{{{name}}}", id, StringComparison.Ordinal);
        return path;
    }

    private async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, byte[]? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new ByteArrayContent(body) };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> Texts(JsonElement call, string name) => !call.TryGetProperty(name, out var value)
        ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(one => one.GetString()!) : [value.GetString()!];

    private void Say(string wrong) => _wrong.Add(wrong);
}
