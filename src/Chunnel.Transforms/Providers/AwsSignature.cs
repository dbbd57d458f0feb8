using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chunnel.Transforms.Providers;

/// <summary>Signs a request as Amazon's services want it: version 4 of their scheme, over the host, the time and the body.</summary>
internal static class AwsSignature
{
    private const string Scheme = "AWS4-HMAC-SHA256";
    private const string SignedHeaders = "host;x-amz-date";

    public static void Sign(HttpRequestMessage request, string key, string secret, string region, string service, DateTimeOffset now)
    {
        var address = request.RequestUri!;
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = time[..8];
        using var body = new MemoryStream();
        request.Content!.CopyTo(body, null, CancellationToken.None);
        // Every part of the path is encoded once more than it is sent.
        var path = string.Join('/', address.AbsolutePath.Split('/').Select(Uri.EscapeDataString));
        var canonical = $"{request.Method}\n{path}\n\nhost:{address.Authority}\nx-amz-date:{time}\n\n{SignedHeaders}\n{Hex(SHA256.HashData(body.ToArray()))}";
        var scope = $"{day}/{region}/{service}/aws4_request";
        var text = $"{Scheme}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signing = new[] { day, region, service, "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes($"AWS4{secret}"), Mac);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Scheme} Credential={key}/{scope}, SignedHeaders={SignedHeaders}, Signature={Hex(Mac(signing, text))}");
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
