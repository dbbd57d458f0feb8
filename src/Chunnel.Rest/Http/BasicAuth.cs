using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>Lets in who knows the name and the password; everybody else is answered 401, whatever they asked for (spec rest-api.md 1.6).</summary>
/// <param name="settings">Name and password.</param>
/// <param name="answer">What answers those who are let in.</param>
internal sealed class BasicAuth(BasicAuthSettings settings, RequestDelegate answer)
{
    private const string Scheme = "Basic ";
    private const string Challenge = "Basic realm=\"SeaTunnel Web UI\"";

    // The library for it is loaded at the first request, not at the node's start.
    private readonly Lazy<byte[]> _expected = new(() => Digest(Encoding.UTF8.GetBytes($"{settings.User}:{settings.Password}")));

    public async Task HandleAsync(HttpContext http)
    {
        if (IsLetIn(http.Request.Headers.Authorization.ToString()))
        {
            await answer(http);
            return;
        }
        http.Response.Headers.WWWAuthenticate = Challenge;
        await BytesReply.Fail(WireStyle.V2, StatusCodes.Status401Unauthorized, "Unauthorized").SendAsync(http.Response, http.RequestAborted);
    }

    /// <summary>Digests are compared, all of them always: the time taken tells neither length nor letters of the password.</summary>
    private bool IsLetIn(string header)
    {
        if (!header.StartsWith(Scheme, StringComparison.Ordinal)) return false;
        var encoded = header.AsSpan(Scheme.Length).Trim();
        var given = new byte[encoded.Length];
        return Convert.TryFromBase64Chars(encoded, given, out var length) && CryptographicOperations.FixedTimeEquals(Digest(given.AsSpan(0, length)), _expected.Value);
    }

    private static byte[] Digest(ReadOnlySpan<byte> text) => SHA256.HashData(text);
}
