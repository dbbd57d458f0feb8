using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chunnel.Transforms.Tests.Providers;

/// <summary>
/// A double of a model's provider, not one: a real HTTP server on this machine that is told what to answer and remembers what it was asked.
/// No model thinks here. What the providers' requests and answers look like is from their documents.
/// </summary>
internal sealed class ModelDouble : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<Asked> _asked = new();
    private int _inFlight;
    private int _mostInFlight;

    private ModelDouble(Func<Asked, CancellationToken, Task<Answered>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(context => AnswerAsync(context, answer));
    }

    public string Address => _server.Urls.First();

    public IReadOnlyList<Asked> Requests => [.. _asked];

    public int MostInFlight => _mostInFlight;

    public static Task<ModelDouble> StartAsync(Func<Asked, Answered> answer) => StartAsync((asked, _) => Task.FromResult(answer(asked)));

    public static async Task<ModelDouble> StartAsync(Func<Asked, CancellationToken, Task<Answered>> answer)
    {
        var made = new ModelDouble(answer);
        await made._server.StartAsync(TestContext.Current.CancellationToken);
        return made;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, Func<Asked, CancellationToken, Task<Answered>> answer)
    {
        using var reader = new StreamReader(context.Request.Body);
        var asked = new Asked(
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted));
        _asked.Enqueue(asked);
        var inFlight = Interlocked.Increment(ref _inFlight);
        for (var most = _mostInFlight; inFlight > most; most = _mostInFlight) Interlocked.CompareExchange(ref _mostInFlight, inFlight, most);
        try
        {
            var answered = await answer(asked, context.RequestAborted);
            context.Response.StatusCode = answered.Status;
            foreach (var (name, value) in answered.Headers) context.Response.Headers[name] = value;
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answered.Body), context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked does not want to know any more.
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}

/// <summary>What the double was asked.</summary>
internal sealed record Asked(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The rows of a chat's user message.</summary>
    public JsonElement Rows => JsonDocument.Parse(Json.GetProperty("messages")[1].GetProperty("content").GetString()!).RootElement;
}

/// <summary>What it answers.</summary>
internal sealed record Answered(int Status, string Body, params (string Name, string Value)[] Headers)
{
    /// <summary>A chat's answer, in OpenAI's shape.</summary>
    public static Answered Chat(string content, int prompt = 10, int completion = 3) => new(200, JsonSerializer.Serialize(new
    {
        id = "chatcmpl-double",
        @object = "chat.completion",
        choices = new[] { new { index = 0, message = new { role = "assistant", content }, finish_reason = "stop" } },
        usage = new { prompt_tokens = prompt, completion_tokens = completion, total_tokens = prompt + completion },
    }));

    /// <summary>Vectors, in OpenAI's shape.</summary>
    public static Answered Vectors(params float[][] vectors) => new(200, JsonSerializer.Serialize(new
    {
        @object = "list",
        data = vectors.Select((embedding, index) => new { @object = "embedding", index, embedding }),
        usage = new { prompt_tokens = 5, total_tokens = 5 },
    }));
}
