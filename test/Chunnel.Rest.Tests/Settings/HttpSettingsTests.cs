using Chunnel.Core;
using Chunnel.Server;

namespace Chunnel.Rest.Tests;

/// <summary>rest-api.md 1.2: what <c>http</c> says of locks.</summary>
public sealed class HttpSettingsTests
{
    private const string Tls = """
        enable-https: true
        https-port: 9443
        key-store-path: conf/server.jks
        key-store-password: canary1
        key-manager-password: canary2
        """;

    [Fact]
    public void Https_is_read_whole()
    {
        var (http, problems) = Read($"{Tls}\ntrust-store-path: t.p12\ntrust-store-password: canary3");
        problems.ShouldBeEmpty();
        http.Enabled.ShouldBeFalse();
        http.Tls.ShouldBe(new TlsSettings { Port = 9443, KeyStorePath = "conf/server.jks", KeyStorePassword = "canary1", KeyPassword = "canary2", TrustStorePath = "t.p12", TrustStorePassword = "canary3" });
        http.Tls!.AsksForCertificates.ShouldBeTrue();
        http.ToString().ShouldNotContain("canary");
    }

    /// <summary>rest-api.md 10: half of the two is none, and is told.</summary>
    [Theory]
    [InlineData("trust-store-path: t.p12")]
    [InlineData("trust-store-password: canary3")]
    public void Half_a_trust_store_asks_nobody_and_warns(string half)
    {
        var (http, problems) = Read($"{Tls}\n{half}");
        http.Tls!.AsksForCertificates.ShouldBeFalse();
        problems.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);
        problems[0].ToString().ShouldContain("both");
        problems[0].ToString().ShouldNotContain("canary");
    }

    [Theory]
    [InlineData("enable-https: true", "key-store-path")]
    [InlineData("enable-https: true\nkey-store-path: a.p12", "key-store-password")]
    [InlineData("enable-basic-auth: true\nbasic-auth-username: a:b\nbasic-auth-password: canary", "colon")]
    [InlineData("https-port: canary", "must be a number")]
    public void A_lock_that_cannot_close_keeps_the_node_from_starting(string text, string says)
    {
        var wrong = Read(text).Problems.Where(problem => problem.Severity == Severity.Error).ShouldHaveSingleItem();
        wrong.ToString().ShouldContain(says);
        if (!text.Contains("https-port", StringComparison.Ordinal)) wrong.ToString().ShouldNotContain("canary");
    }

    [Fact]
    public void What_is_off_is_off_whatever_else_is_said()
    {
        var (http, problems) = Read("enable-https: false\nkey-store-path: a\nenable-basic-auth: false\nbasic-auth-password: x");
        problems.ShouldBeEmpty();
        http.Tls.ShouldBeNull();
        http.BasicAuth.ShouldBeNull();
    }

    /// <summary>rest-api.md 14.</summary>
    [Fact]
    public void The_password_that_everybody_knows_warns()
    {
        var (http, problems) = Read("enable-basic-auth: true");
        http.BasicAuth.ShouldBe(new BasicAuthSettings("admin", "admin"));
        problems.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);
        var (own, none) = Read("enable-basic-auth: true\nbasic-auth-username: me\nbasic-auth-password: \"a:canary\"");
        own.BasicAuth.ShouldBe(new BasicAuthSettings("me", "a:canary"));
        none.ShouldBeEmpty();
        own.ToString().ShouldNotContain("canary");
    }

    [Fact]
    public void Bodies_have_limits() =>
        Read("request-max-size-mb: 3\nrequest-max-seconds: 7").Http.Bodies.ShouldBe(new BodyLimits { Most = 3 * 1024 * 1024, Patience = TimeSpan.FromSeconds(7) });

    [Fact]
    public void Uploads_and_answers_have_limits_too()
    {
        var (http, problems) = Read("upload-max-request-size-mb: 10\nupload-max-file-size-mb: 2\nlog-response-max-size-mb: 64");
        problems.ShouldBeEmpty();
        (http.Bodies.MostUpload, http.Bodies.MostUploadFile, http.MostLogBytes).ShouldBe((10L << 20, 2L << 20, 64L << 20));
        Read("log-response-max-size-mb: 0").Problems.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Error);
    }

    private static (HttpSettings Http, IReadOnlyList<Problem> Problems) Read(string text)
    {
        var problems = new List<Problem>();
        var yaml = "http:\n" + string.Concat(text.Split('\n').Select(line => $"  {line}\n"));
        return (HttpYaml.Read(YamlFile.Read("seatunnel.yaml", yaml, "http", problems), new HttpSettings()), problems);
    }
}
