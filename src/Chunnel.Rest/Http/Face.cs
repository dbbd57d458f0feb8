using Chunnel.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chunnel.Rest;

/// <summary>A face of REST: finds what answers, and turns every failure into an answer too.</summary>
/// <param name="style">How it speaks.</param>
/// <param name="log">The node's log.</param>
internal abstract class Face(WireStyle style, ILogger log)
{
    private const string DetailHeader = "X-Chunnel-Detail";

    protected WireStyle Style { get; } = style;

    public async Task HandleAsync(HttpContext http)
    {
        var stop = http.RequestAborted;
        try
        {
            var reply = await AnswerOrFailAsync(http, stop);
            await reply.SendAsync(http.Response, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The caller is gone.
        }
    }

    protected abstract Task<Reply> AnswerAsync(HttpContext http, CancellationToken stop);

    protected BytesReply Fail(int status, string message) => BytesReply.Fail(Style, status, message);

    /// <summary>The methods that a place takes, where another was tried or all were asked for.</summary>
    protected BytesReply OtherMethod(HttpResponse response, string method, string allowed)
    {
        response.Headers.Allow = HttpMethods.IsGet(allowed) ? "GET, HEAD, OPTIONS" : $"{allowed}, OPTIONS";
        return HttpMethods.IsOptions(method)
            ? BytesReply.Empty(StatusCodes.Status200OK)
            : Fail(StatusCodes.Status405MethodNotAllowed, $"HTTP method {method} is not supported by this URL. Use {allowed}.");
    }

    /// <summary>Says more than the answer may.</summary>
    protected static void Detail(HttpResponse response, string text) =>
        // Headers carry visible ASCII only.
        response.Headers[DetailHeader] = string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));

    private async Task<Reply> AnswerOrFailAsync(HttpContext http, CancellationToken stop)
    {
        try
        {
            return await AnswerAsync(http, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            return Failed(http, failure);
        }
    }

    private BytesReply Failed(HttpContext http, Exception failure)
    {
        var answer = ErrorAnswer.Of(failure);
        var path = http.Request.Path.Value ?? "";
        if (answer.Detail is not null) Detail(http.Response, answer.Detail);
        var reason = failure is BatchFailure batch ? batch.InnerException! : failure;
        if (reason is RestRefusal or ChunnelException or BadHttpRequestException) log.Refused(http.Request.Method, path, answer.Status, answer.Message, answer.Detail ?? "");
        else log.Failed(reason, http.Request.Method, path);
        return Fail(answer.Status, answer.Message);
    }
}
