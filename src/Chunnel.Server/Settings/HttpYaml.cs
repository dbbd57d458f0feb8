using Chunnel.Core;
using Chunnel.Rest;

namespace Chunnel.Server;

/// <summary>Reads <c>seatunnel.engine.http</c>: ports, HTTPS, who may speak to the node (spec rest-api.md 1.2).</summary>
internal static class HttpYaml
{
    private const int BytesInMegabyte = 1024 * 1024;

    public static HttpSettings Read(YamlSection http, HttpSettings settings)
    {
        var read = settings with
        {
            Enabled = http.Bool("enable-http") ?? false,
            Port = http.Port("port") ?? settings.Port,
            ContextPath = ContextPath(http),
            SearchesPort = http.Bool("enable-dynamic-port") ?? settings.SearchesPort,
            PortRange = http.NotNegative("port-range") ?? settings.PortRange,
            Tls = ReadTls(http),
            BasicAuth = ReadBasicAuth(http),
            Bodies = ReadBodies(http, settings.Bodies),
            MostLogBytes = Megabytes(http, "log-response-max-size-mb") ?? settings.MostLogBytes,
        };
        http.WarnOfOthers();
        return read;
    }

    private static string ContextPath(YamlSection http)
    {
        var path = http.Text("context-path") ?? "";
        if (path is "" or "/") return "";
        if (path[0] == '/' && path[^1] != '/') return path;
        http.Refuse("context-path", $"'{path}' must begin with a slash and not end with one.", $"Write /{path.Trim('/')}.");
        return "";
    }

    private static TlsSettings? ReadTls(YamlSection http)
    {
        var isOn = http.Bool("enable-https") == true;
        var (port, path, password, keyPassword) = (http.Port("https-port"), http.Text("key-store-path"), http.Text("key-store-password"), http.Text("key-manager-password"));
        var (trustPath, trustPassword) = (http.Text("trust-store-path"), http.Text("trust-store-password"));
        if (!isOn) return null;
        // A door that was to be locked must not stand open.
        if (string.IsNullOrWhiteSpace(path)) http.Refuse("enable-https", "needs a certificate.", "Set key-store-path, key-store-password and key-manager-password.");
        else if (password is null) http.Refuse("key-store-path", "needs its password.", "Set key-store-password.");
        if (string.IsNullOrWhiteSpace(trustPath) != string.IsNullOrWhiteSpace(trustPassword))
        {
            var given = string.IsNullOrWhiteSpace(trustPath) ? "trust-store-password" : "trust-store-path";
            http.WarnNotCarriedOut(given, "no caller is asked for a certificate: that needs trust-store-path and trust-store-password both.");
        }
        if (path is null || password is null) return null;
        var settings = new TlsSettings { KeyStorePath = path, KeyStorePassword = password, KeyPassword = keyPassword ?? password, TrustStorePath = trustPath, TrustStorePassword = trustPassword };
        return settings with { Port = port ?? settings.Port };
    }

    private static BasicAuthSettings? ReadBasicAuth(YamlSection http)
    {
        var isOn = http.Bool("enable-basic-auth") == true;
        var (user, password) = (http.Text("basic-auth-username"), http.Text("basic-auth-password"));
        if (!isOn) return null;
        if (user?.Contains(':', StringComparison.Ordinal) == true) http.Refuse("basic-auth-username", "must not hold a colon: what follows it would be read as the password.", "Choose another name.");
        if (password is null or BasicAuthSettings.Known) http.WarnNotCarriedOut("enable-basic-auth", $"the password is '{BasicAuthSettings.Known}', which everybody knows. Set basic-auth-password.");
        return new BasicAuthSettings(user ?? BasicAuthSettings.Known, password ?? BasicAuthSettings.Known);
    }

    private static BodyLimits ReadBodies(YamlSection http, BodyLimits limits) => new()
    {
        Most = Megabytes(http, "request-max-size-mb") ?? limits.Most,
        MostUpload = Megabytes(http, "upload-max-request-size-mb") ?? limits.MostUpload,
        MostUploadFile = Megabytes(http, "upload-max-file-size-mb") ?? limits.MostUploadFile,
        Patience = http.Positive("request-max-seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : limits.Patience,
    };

    private static long? Megabytes(YamlSection http, string name) => http.Positive(name) is { } megabytes ? megabytes * (long)BytesInMegabyte : null;
}
