using System.IO.Enumeration;
using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>
/// Asks a node of ours what a real server was asked, and holds the answers against each other: status, content type, members with their order
/// and kinds, texts of refusals. Where they differ on purpose golden/differences.md says how and why.
/// </summary>
public sealed class ReplayTests
{
    private static readonly string[] _states = ["RUNNING", "FINISHED", "FAILED", "CANCELED", "SAVEPOINT_DONE"];

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Answers_like_a_real_server(string face)
    {
        var (fresh, used) = Parts(face);
        var wrong = new List<string>();
        await using var node = await NodeUnderTest.StartAsync();
        var jobs = new RecordedNode(node);
        foreach (var exchange in fresh) await CompareAsync(face, exchange, node, jobs, wrong);
        foreach (var state in _states) await jobs.JobInAsync(state, isOrdered: false);
        foreach (var exchange in used) await CompareAsync(face, exchange, node, jobs, wrong);
        if (wrong.Count > 0) Assert.Fail($"{wrong.Count} answers differ:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Every_difference_and_every_gap_is_of_something_recorded()
    {
        var cases = new[] { "v1", "v2" }.SelectMany(face => Exchange.All(face).Select(exchange => (face, exchange.Case))).ToList();
        Difference.All().Where(row => !cases.Exists(one => row.Is(one.face, one.Case))).ShouldBeEmpty();
        Difference.Waiting().Where(gap => !cases.Exists(one => IsWaiting(gap, one.face, one.Case))).ShouldBeEmpty();
    }

    /// <summary>What was asked before that server had a job, and what came after.</summary>
    private static (IReadOnlyList<Exchange> Fresh, IReadOnlyList<Exchange> Used) Parts(string face)
    {
        var waiting = Difference.Waiting();
        var all = Exchange.All(face).Where(exchange => !waiting.Any(gap => IsWaiting(gap, face, exchange.Case))).ToList();
        return ([.. all.Where(IsFresh)], [.. all.Where(exchange => !IsFresh(exchange))]);
    }

    private static bool IsFresh(Exchange exchange) => exchange is { Method: "GET", Answer: "[]" };

    private static bool IsWaiting((string Face, string Cases) gap, string face, string name) =>
        gap.Face == face && FileSystemName.MatchesSimpleExpression(gap.Cases, name, ignoreCase: false);

    private static async Task CompareAsync(string face, Exchange recorded, NodeUnderTest node, RecordedNode jobs, List<string> wrong)
    {
        if (recorded.Job is { } state) recorded = recorded.About(await jobs.JobInAsync(state, isOrdered: recorded.Method != "GET"));
        var answer = await recorded.ReplayAsync(face == "v1" ? node.V1Port : node.Port);
        var difference = Difference.All().FirstOrDefault(row => row.Is(face, recorded.Case));
        wrong.AddRange((difference is null ? Unlike(recorded, answer) : Unlike(difference, answer)).Select(what => $"{face} {recorded.Case}: {what}"));
    }

    private static IEnumerable<string> Unlike(Difference expected, Answer answer)
    {
        if (answer.Status != expected.Status) yield return $"{answer.Status} where differences.md says {expected.Status}: {answer.Body}";
        foreach (var text in expected.Texts.Where(text => !answer.Body.Contains(text, StringComparison.Ordinal))) yield return $"'{text}' is not in {answer.Body}";
        if (answer.Status is not 400) yield break;
        if (answer.Body.Contains("Object reference", StringComparison.Ordinal) || answer.Body.Contains("Exception", StringComparison.Ordinal)) yield return $"a mistake is told by our innards: {answer.Body}";
    }

    private static IEnumerable<string> Unlike(Exchange recorded, Answer answer)
    {
        if (answer.Status != recorded.Status) yield return $"{answer.Status} where it was {recorded.Status}: {answer.Body} instead of {recorded.Answer}";
        else if (answer.ContentType != recorded.AnswerType) yield return $"type {answer.ContentType} where it was {recorded.AnswerType}";
        else if (recorded.AnswerType?.StartsWith("application/json", StringComparison.Ordinal) == true && recorded.Answer.Length > 0)
        {
            foreach (var what in UnlikeJson(recorded, answer)) yield return what;
        }
        else if (recorded.Answer.Length == 0 && answer.Body.Length > 0) yield return $"{answer.Body} where nothing was";
    }

    private static IEnumerable<string> UnlikeJson(Exchange recorded, Answer answer)
    {
        var (here, there) = (answer.Json, recorded.AnswerJson);
        // The document names the workers before the jobs, that server after them.
        var inOrder = !recorded.Target.Contains("/overview", StringComparison.Ordinal);
        var (ours, theirs) = (Shape.Of(here, inOrder), Shape.Of(there, inOrder));
        if (!ours.SequenceEqual(theirs)) yield return $"members only here [{string.Join(", ", ours.Except(theirs))}], only there [{string.Join(", ", theirs.Except(ours))}], or another order";
        else if (IsPlain(there) || recorded.Target.Contains("/encrypt-config", StringComparison.Ordinal) ? answer.Body != recorded.Answer : NameOf(here) != NameOf(there)) yield return $"{answer.Body} where it was {recorded.Answer}";
    }

    /// <summary>Refusals, ids and empty lists are the same to the letter, and so are encrypted settings.</summary>
    private static bool IsPlain(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Array => answer.EnumerateArray().All(IsPlain),
        JsonValueKind.Object => answer.EnumerateObject().All(member => member.Name is "status" or "message") || answer.EnumerateObject().All(member => member.Name == "jobId"),
        _ => true,
    };

    /// <summary>The name that a submitted job was taken under.</summary>
    private static string? NameOf(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && !answer.TryGetProperty("jobStatus", out _) && answer.TryGetProperty("jobName", out var name) ? name.GetString() : null;
}
