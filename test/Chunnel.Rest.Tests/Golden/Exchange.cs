using System.Text;
using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>A recorded request with its answer (golden/README.md).</summary>
internal sealed record Exchange
{
    private const string JobIdPlace = "{jobId}";
    private const string FixedSlots = "alt-";

    private static readonly string[] _passing = ["PENDING", "CANCELING", "DOING_SAVEPOINT"];

    public required string Case { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query as they were sent; <c>{jobId}</c> stands for a job in the state <see cref="Job"/>.</summary>
    public required string Target { get; init; }

    public string? Type { get; init; }

    public string? Body { get; init; }

    public string? Job { get; init; }

    /// <summary>Null: the connection was closed without an answer.</summary>
    public int? Status { get; init; }

    public string? AnswerType { get; init; }

    public required string Answer { get; init; }

    /// <summary>Asked of a server with three slots, a queue, telemetry, a context path and a tag.</summary>
    public bool IsOfFixedSlots => Case.StartsWith(FixedSlots, StringComparison.Ordinal);

    /// <summary>About a job in a state that no job stands still in.</summary>
    public bool IsOfPassingState => !IsOfFixedSlots && _passing.Contains(Job);

    public JsonElement AnswerJson => JsonDocument.Parse(Answer).RootElement;

    /// <summary>All that one face was asked, in the order of their names.</summary>
    /// <param name="face"><c>v1</c> or <c>v2</c>.</param>
    public static IReadOnlyList<Exchange> All(string face) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden", $"{face}.jsonl")).Select(line => JsonSerializer.Deserialize<Exchange>(line, JsonSerializerOptions.Web)!)];

    public static Exchange Of(string face, string name) => All(face).Single(exchange => exchange.Case == name);

    /// <summary>The same about another job.</summary>
    public Exchange About(string jobId) => About(JobIdPlace, jobId);

    /// <summary>The same about another job than the one that was recorded.</summary>
    public Exchange About(string recordedId, string jobId) => this with
    {
        Target = Target.Replace(recordedId, jobId, StringComparison.Ordinal),
        Body = Body?.Replace(recordedId, jobId, StringComparison.Ordinal),
        Answer = Answer.Replace(recordedId, jobId, StringComparison.Ordinal),
    };

    /// <summary>Asks the same of a node of ours.</summary>
    public Task<Answer> ReplayAsync(int port, string host = "127.0.0.1") => RawHttp.SendAsync(port, Method, Target, Body is null ? null : Encoding.UTF8.GetBytes(Body), Type, host);
}
