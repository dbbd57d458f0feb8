using System.Text;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>One request to one route.</summary>
/// <param name="request">As it came.</param>
/// <param name="path">The whole path as v1 reads it, or below the context path.</param>
/// <param name="rest">What follows the route in the path: null for nothing, empty for a lone slash.</param>
/// <param name="style">How the face that was asked speaks.</param>
internal sealed class RestCall(HttpRequest request, string path, string? rest, WireStyle style)
{
    private const int ChunkBytes = 16 << 10;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private QueryParameters? _query;

    public HttpRequest Request => request;

    public string Path { get; } = path;

    public string? Rest { get; } = rest;

    public WireStyle Style { get; } = style;

    public QueryParameters Query => _query ??= new QueryParameters(request.QueryString);

    /// <summary>What a job is submitted with.</summary>
    /// <exception cref="RestRefusal">The face wants a value for each, and one has none.</exception>
    public QueryParameters Parameters => Style.WantsValues ? QueryParameters.WithValues(request.QueryString) : Query;

    /// <summary>Where the caller reached this face, for links that lead back: <c>http://host:port/context</c>.</summary>
    public string Origin => $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";

    /// <summary>The host as the caller wrote it, with its port.</summary>
    public string Host => request.Host.Value ?? "";

    /// <summary>The id of a job, from the path or else behind the question mark; as it was written.</summary>
    /// <exception cref="RestRefusal">There is none.</exception>
    public string ReadJobId()
    {
        if (string.IsNullOrEmpty(Rest)) return Query[WireNames.JobId] ?? throw (Style.IdIsAllOfPath ? RestRefusal.NotANumber(Path) : RestRefusal.BadRequest(WireTexts.JobIdMissing));
        return Style.IdIsAllOfPath ? Rest + request.QueryString.Value : Rest;
    }

    /// <summary>The body as text. Whatever its content type says, it is UTF-8 (spec rest-api.md 2.2).</summary>
    /// <exception cref="RestRefusal">It is not UTF-8.</exception>
    public async Task<string> ReadTextAsync(CancellationToken stop) => await ReadTextAsync(request.Body, "request body", long.MaxValue, stop);

    /// <summary>A part of the body as text.</summary>
    /// <param name="source">Its bytes.</param>
    /// <param name="what">What the part is called when it is at fault.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <exception cref="RestRefusal">It is not UTF-8, or too large.</exception>
    public static async Task<string> ReadTextAsync(Stream source, string what, long most, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        while (await source.ReadAsync(chunk, stop) is var read and > 0)
        {
            bytes.Write(chunk, 0, read);
            if (bytes.Length > most) throw new RestRefusal(StatusCodes.Status413PayloadTooLarge, $"The {what} is too large: it may have {most} bytes.");
        }
        try
        {
            return _strict.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException wrong)
        {
            throw RestRefusal.BadRequest($"The {what} is not UTF-8: byte {wrong.Index} does not fit. Send it as UTF-8.");
        }
    }
}
