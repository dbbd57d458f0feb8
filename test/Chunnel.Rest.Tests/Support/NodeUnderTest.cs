using System.Text;
using Chunnel.Server;

namespace Chunnel.Rest.Tests;

/// <summary>A whole node on a free port, its logs in a folder of its own.</summary>
public sealed class NodeUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Node _node;
    private readonly string _contextPath;

    private NodeUnderTest(Node node, string logs, string contextPath)
    {
        _node = node;
        _contextPath = contextPath;
        LogsFolder = logs;
    }

    public string LogsFolder { get; }

    public int Port => _node.HttpPort!.Value;

    public int HttpsPort => _node.HttpsPort!.Value;

    /// <summary>Null where plain HTTP is closed.</summary>
    public int? PlainPort => _node.HttpPort;

    public int V1Port => _node.V1Port!.Value;

    public static async Task<NodeUnderTest> StartAsync(Func<NodeSettings, NodeSettings>? change = null)
    {
        var logs = Directory.CreateTempSubdirectory("chunnel-node-").FullName;
        var settings = new NodeSettings { LogsFolder = logs, Http = new HttpSettings { Port = 0 }, V1 = new V1Settings { Port = 0 } };
        settings = change?.Invoke(settings) ?? settings;
        return new NodeUnderTest(await Node.StartAsync(settings, TimeProvider.System, TestContext.Current.CancellationToken), logs, settings.Http.ContextPath);
    }

    public Task<Answer> GetAsync(string target) => RawHttp.SendAsync(Port, "GET", target);

    public Task<Answer> PostAsync(string target, string body, string? contentType = null) => RawHttp.SendAsync(Port, "POST", target, Encoding.UTF8.GetBytes(body), contentType);

    /// <summary>Asks v1 at a place below its maps.</summary>
    public Task<Answer> V1GetAsync(string target) => RawHttp.SendAsync(V1Port, "GET", $"/hazelcast/rest/maps{target}");

    public Task<Answer> V1PostAsync(string target, string body, string method = "POST") =>
        RawHttp.SendAsync(V1Port, method, $"/hazelcast/rest/maps{target}", Encoding.UTF8.GetBytes(body));

    /// <summary>Submits a job and answers its id.</summary>
    public async Task<string> SubmitAsync(string job, string query = "")
    {
        var answer = await PostAsync($"/submit-job{query}", job);
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json.GetProperty("jobId").GetString()!;
    }

    /// <summary>Asks for the job until it has one of the states.</summary>
    public Task<Answer> WaitAsync(string jobId, params string[] states) =>
        UntilAsync($"{_contextPath}/job-info/{jobId}", answer => answer.Json.TryGetProperty("jobStatus", out var status) && states.Contains(status.GetString()), string.Join(" or ", states));

    /// <summary>Asks until the answer is as wanted.</summary>
    public async Task<Answer> UntilAsync(string target, Func<Answer, bool> isIt, string wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var answer = await GetAsync(target);
            if (isIt(answer)) return answer;
            if (!await NextAsync(timer, limit.Token)) throw new TimeoutException($"{target} is not {wanted} after {_patience}: {answer.Body}");
        }
    }

    /// <summary>Throws when the node may decide nothing any more.</summary>
    public Task ItsEndAsync() => _node.WaitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        Directory.Delete(LogsFolder, recursive: true);
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken limit)
    {
        try
        {
            return await timer.WaitForNextTickAsync(limit);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
