using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chunnel.Client;

/// <summary>Reads what a node answers.</summary>
internal static class ServerAnswer
{
    private const string DetailHeader = "X-Chunnel-Detail";

    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken stop)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, stop) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException strange)
        {
            throw new ServerException((int)answer.StatusCode, $"This is no answer of a node: {strange.Message}", $"Is {answer.RequestMessage?.RequestUri} its address, with the context path?");
        }
    }

    /// <summary>The fail object's message, or the status in words.</summary>
    public static async Task<ServerException> RefusalAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var detail = answer.Headers.TryGetValues(DetailHeader, out var values) ? string.Join(" ", values) : null;
        var status = (int)answer.StatusCode;
        try
        {
            var fail = await answer.Content.ReadFromJsonAsync(WireJson.Default.FailObject, stop);
            if (fail?.Message is { } message) return new ServerException(status, message, detail);
        }
        catch (JsonException)
        {
            // Not every answer has a body, and a proxy speaks for itself.
        }
        return new ServerException(status, $"The node answers {status} {answer.ReasonPhrase}.", detail);
    }
}

/// <summary><c>{"status":"fail","message":...}</c></summary>
internal sealed record FailObject(string? Status, string? Message);
