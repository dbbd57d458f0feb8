using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>
/// Holds an answer of ours against a real server's: status, content type, members with their order and kinds, texts of refusals. Where they
/// differ on purpose golden/differences.md says how and why.
/// </summary>
internal static class Comparison
{
    private static readonly IReadOnlyList<Difference> _differences = Difference.All();

    /// <summary>What is neither alike nor meant to differ.</summary>
    public static IEnumerable<string> Of(string face, Exchange recorded, Answer answer)
    {
        var difference = _differences.FirstOrDefault(row => row.Is(face, recorded.Case));
        return (difference is null ? Unlike(recorded, answer) : Unlike(difference, answer)).Select(what => $"{face} {recorded.Case}: {what}");
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
