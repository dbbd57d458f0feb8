using System.Net.Http.Headers;
using System.Text;

namespace Chunnel.Client;

/// <summary>Where a node is, and as whom to speak to it.</summary>
/// <param name="Url">With the context path, if the node has one: <c>http://localhost:8080</c>.</param>
public sealed record ServerAddress(Uri Url)
{
    /// <summary>For basic authentication; nobody when null.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>How long a node may take to answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(100);

    internal HttpClient Connect()
    {
        var text = Url.AbsoluteUri;
        var http = new HttpClient { BaseAddress = new Uri(text.EndsWith('/') ? text : text + "/"), Timeout = Patience };
        if (User is not null)
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        }
        return http;
    }

    /// <summary>The password is not shown.</summary>
    public override string ToString() => User is null ? Url.AbsoluteUri : $"{Url.AbsoluteUri} as {User}";
}
