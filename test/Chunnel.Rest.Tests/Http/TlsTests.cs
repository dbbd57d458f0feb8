using System.Net;
using System.Security.Cryptography.X509Certificates;
using Chunnel.Core;

namespace Chunnel.Rest.Tests;

/// <summary>rest-api.md 1.5.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Password = "s3cret-store";

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-tls-").FullName;
    private readonly X509Certificate2 _root = Certificates.Root("Test Root");
    private readonly X509Certificate2 _server;

    public TlsTests() => _server = Certificates.Leaf("localhost", _root);

    private TlsSettings Settings => new() { Port = 0, KeyStorePath = Store("server.jks", _server, _root), KeyStorePassword = Password, KeyPassword = Password };

    public void Dispose()
    {
        _root.Dispose();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>rest-api.md 8: the same routes and context path on both ports; a PKCS#12 store whatever it is called.</summary>
    [Fact]
    public async Task Https_stands_beside_http()
    {
        await using var node = await StartAsync(Settings, http => http with { ContextPath = "/seatunnel" });
        (await GetAsync(node.HttpsPort, "/seatunnel/overview")).ShouldContain("\"workers\":\"1\"");
        (await node.GetAsync("/seatunnel/overview")).Status.ShouldBe(200);
        (await GetAsync(node.HttpsPort, "/seatunnel/logs?format=json")).ShouldContain($"https://localhost:{node.HttpsPort}/seatunnel/logs/");
        var log = await File.ReadAllTextAsync(Path.Combine(node.LogsFolder, "seatunnel-engine-server.log"), TestContext.Current.CancellationToken);
        log.ShouldContain("CN=localhost");
        log.ShouldNotContain(Password);
    }

    /// <summary>rest-api.md 11.</summary>
    [Fact]
    public async Task Https_may_stand_alone()
    {
        await using var node = await StartAsync(Settings, http => http with { Enabled = false });
        node.PlainPort.ShouldBeNull();
        (await GetAsync(node.HttpsPort, "/overview")).ShouldContain("workers");
        using var plain = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(() => plain.GetStringAsync(new Uri($"http://localhost:{node.HttpsPort}/overview"), TestContext.Current.CancellationToken));
    }

    /// <summary>The password of https covers the same routes.</summary>
    [Fact]
    public async Task The_lock_of_basic_auth_is_on_https_too()
    {
        await using var node = await StartAsync(Settings, http => http with { BasicAuth = new BasicAuthSettings() });
        using var client = Client();
        (await client.GetAsync(Address(node.HttpsPort, "/overview"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key-password")]
    public async Task A_store_may_be_pem(string? keyPassword)
    {
        var settings = Settings with { KeyStorePath = Certificates.Pem(Path.Combine(_folder, "server.pem"), _server, keyPassword), KeyPassword = keyPassword ?? "unused" };
        await using var node = await StartAsync(settings);
        (await GetAsync(node.HttpsPort, "/overview")).ShouldContain("workers");
    }

    /// <summary>rest-api.md 9: whoever comes from the trusted ones is let in, nobody else.</summary>
    [Fact]
    public async Task With_a_trust_store_callers_need_a_certificate()
    {
        using var impostor = Certificates.Root("Test Root");
        using var known = Certificates.Leaf("known", _root);
        using var old = Certificates.Leaf("old", _root, days: 0);
        using var stranger = Certificates.Leaf("stranger", impostor);
        using var pinned = Certificates.Leaf("pinned", null);
        await using var node = await StartAsync(Settings with { TrustStorePath = Store("trust.p12", _root.WithoutKey(), pinned.WithoutKey()), TrustStorePassword = Password });
        (await GetAsync(node.HttpsPort, "/overview", known)).ShouldContain("workers");
        (await GetAsync(node.HttpsPort, "/overview", pinned)).ShouldContain("workers");
        foreach (var refused in new[] { null, stranger, old, _server.WithoutKey() })
        {
            await Should.ThrowAsync<HttpRequestException>(() => GetAsync(node.HttpsPort, "/overview", refused), refused?.Subject ?? "no certificate");
        }
        // Plain HTTP asks for none.
        (await node.GetAsync("/overview")).Status.ShouldBe(200);
    }

    /// <summary>rest-api.md 10.</summary>
    [Fact]
    public async Task With_half_a_trust_store_nobody_needs_one()
    {
        await using var node = await StartAsync(Settings with { TrustStorePath = "/no/such/file", TrustStorePassword = " " });
        (await GetAsync(node.HttpsPort, "/overview")).ShouldContain("workers");
    }

    /// <summary>A store that cannot be used keeps the node from starting; the message names the setting and the file, never a password.</summary>
    [Fact]
    public async Task A_store_that_cannot_be_used_is_told()
    {
        (await RefusedAsync(Settings with { KeyStorePath = "/no/such/store" })).ShouldContain("http.key-store-path");
        (await RefusedAsync(Settings with { KeyStorePassword = "wrong-canary", KeyPassword = "wrong-canary" })).ShouldContain("password");
        (await RefusedAsync(Settings with { KeyStorePath = Store("keyless.p12", _root.WithoutKey()) })).ShouldContain("no private key");
        var java = Path.Combine(_folder, "real.jks");
        await File.WriteAllBytesAsync(java, [0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2, 0, 0, 0, 0], TestContext.Current.CancellationToken);
        (await RefusedAsync(Settings with { KeyStorePath = java })).ShouldContain("keytool -importkeystore");
        (await RefusedAsync(Settings with { TrustStorePath = java, TrustStorePassword = Password })).ShouldContain("http.trust-store-path");
        var empty = Path.Combine(_folder, "empty.pem");
        await File.WriteAllTextAsync(empty, "-----BEGIN NOTHING-----\n", TestContext.Current.CancellationToken);
        (await RefusedAsync(Settings with { TrustStorePath = empty, TrustStorePassword = Password })).ShouldContain("no certificate");
    }

    private static async Task<string> RefusedAsync(TlsSettings settings)
    {
        var wrong = await Should.ThrowAsync<ChunnelException>(() => StartAsync(settings));
        wrong.Mend.ShouldNotBeNull();
        wrong.Message.ShouldNotContain("canary");
        wrong.Message.ShouldNotContain(Password);
        return wrong.Message;
    }

    private static Task<NodeUnderTest> StartAsync(TlsSettings tls, Func<HttpSettings, HttpSettings>? change = null) =>
        NodeUnderTest.StartAsync(settings => settings with { Http = (change ?? (http => http))(settings.Http with { Tls = tls }) });

    private async Task<string> GetAsync(int port, string path, X509Certificate2? certificate = null)
    {
        using var client = Client(certificate);
        return await client.GetStringAsync(Address(port, path), TestContext.Current.CancellationToken);
    }

    /// <summary>A caller that trusts the test's root alone.</summary>
    private HttpClient Client(X509Certificate2? certificate = null)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(_root);
        if (certificate is { HasPrivateKey: true }) handler.SslOptions.ClientCertificates = [certificate];
        return new HttpClient(handler);
    }

    private static Uri Address(int port, string path) => new($"https://localhost:{port}{path}");

    private string Store(string name, params X509Certificate2[] certificates) => Certificates.Pkcs12(Path.Combine(_folder, name), Password, certificates);
}
