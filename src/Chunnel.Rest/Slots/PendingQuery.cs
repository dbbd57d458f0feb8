using System.Globalization;
using Chunnel.Control;

namespace Chunnel.Rest;

/// <summary>What somebody asks about the queue, as parameters say it (spec rest-api.md 5.7).</summary>
/// <param name="Question">The question itself.</param>
/// <param name="IsPretty">The answer is for eyes.</param>
internal sealed record PendingQuery(PendingQuestion Question, bool IsPretty)
{
    private const string Limit = "limit";
    private const string Pretty = "pretty";

    /// <exception cref="RestRefusal">The id or the limit is no number.</exception>
    public static PendingQuery Of(QueryParameters query)
    {
        var given = query.All;
        var question = new PendingQuestion
        {
            JobId = given.TryGetValue(WireNames.JobId, out var jobId) ? Number<long>(jobId, WireTexts.InvalidJobId) : null,
            Limit = given.TryGetValue(Limit, out var limit) ? Number<int>(limit, WireTexts.InvalidLimit) : 0,
            TagFilter = given.Where(parameter => parameter.Key is not (WireNames.JobId or Limit or Pretty)).ToDictionary(StringComparer.Ordinal),
        };
        return new(question, WireTypes.ParseFlag(query[Pretty]));
    }

    private static T Number<T>(string text, string otherwise)
        where T : struct, IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw RestRefusal.BadRequest(otherwise, $"'{text}' is not a whole number of that size.");
}
