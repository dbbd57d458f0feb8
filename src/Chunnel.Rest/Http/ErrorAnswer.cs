using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>What a failure looks like to the caller.</summary>
internal sealed record ErrorAnswer(int Status, string Message)
{
    public string? Detail { get; init; }

    /// <summary>
    /// A caller's mistake is 400. 500 is ours or the world's, and the one mistake for which callers wait for 500:
    /// an id that was used before (spec rest-api.md 2.5, 6.8).
    /// </summary>
    public static ErrorAnswer Of(Exception failure) => failure switch
    {
        BatchFailure batch => Of(batch.InnerException!).Within(batch.Where),
        RestRefusal refusal => new(refusal.Status, refusal.Message) { Detail = refusal.Detail },
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        ProblemsException { Problems: [var only] } when only.What.StartsWith(WireTexts.Miss, StringComparison.Ordinal) =>
            new(StatusCodes.Status400BadRequest, only.What) { Detail = only.Mend },
        ProblemsException shaded when shaded.Problems.All(problem => problem.What is ShadedJob.CannotDecrypt or ShadedJob.CannotEncrypt) =>
            new(StatusCodes.Status400BadRequest, shaded.Problems[0].What) { Detail = string.Join(' ', shaded.Problems.Select(problem => $"{problem.Where}: {problem.Mend}")) },
        ProblemsException several => new(StatusOf(several.Problems.Any(problem => problem.Code.Blame == Blame.User)), several.Message),
        ChunnelException known => new(StatusOf(known.Code.Blame == Blame.User && known.Code != EngineErrors.AlreadySubmitted), known.Message),
        _ => new(StatusCodes.Status500InternalServerError, $"{CommonErrors.Internal} - {failure.Message} The node's log says more."),
    };

    private ErrorAnswer Within(string where) => this with { Detail = Detail is null ? where : $"{where} {Detail}" };

    private static int StatusOf(bool isCallers) => isCallers ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError;
}
