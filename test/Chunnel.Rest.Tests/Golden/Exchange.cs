using System.Text;
using System.Text.Json;

namespace Chunnel.Rest.Tests;

/// <summary>A recorded request with its answer.</summary>
internal sealed record Exchange
{
    private static readonly string _root = Path.Combine(AppContext.BaseDirectory, "golden");

    public required string Method { get; init; }

    public required string Target { get; init; }

    public required string? ContentType { get; init; }

    public required string? Body { get; init; }

    public required int Status { get; init; }

    public required string? AnswerType { get; init; }

    public required string AnswerBody { get; init; }

    public JsonElement AnswerJson => JsonDocument.Parse(AnswerBody).RootElement;

    public static TheoryData<string> Names(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(_root, folder), "*.json").Select(file => $"{folder}/{Path.GetFileNameWithoutExtension(file)}").Order(StringComparer.Ordinal)];

    public static Exchange Read(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_root, $"{name}.json")));
        var (request, response) = (file.RootElement.GetProperty("request"), file.RootElement.GetProperty("response"));
        var query = request.GetProperty("query").GetString();
        return new Exchange
        {
            Method = request.GetProperty("method").GetString()!,
            Target = request.GetProperty("path").GetString() + (query is null ? "" : $"?{query}"),
            ContentType = request.GetProperty("contentType").GetString(),
            Body = request.GetProperty("body").GetString(),
            Status = response.GetProperty("status").GetInt32(),
            AnswerType = response.GetProperty("contentType").GetString(),
            AnswerBody = response.GetProperty("body").GetString() ?? "",
        };
    }

    /// <summary>Asks the same of a node of ours.</summary>
    public Task<Answer> ReplayAsync(int port, string? target = null) =>
        RawHttp.SendAsync(port, Method, target ?? Target, Body is null ? null : Encoding.UTF8.GetBytes(Body), ContentType);
}
