using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>A key and a certificate for a server of the test's own, in files that the server may read and nobody else.</summary>
internal sealed class ServerKey : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-key-").FullName;

    private ServerKey()
    {
    }

    /// <summary>Settings of a server that encrypts.</summary>
    public IReadOnlyList<string> Settings => ["ssl=on", $"ssl_cert_file={CertificateFile}", $"ssl_key_file={KeyFile}"];

    private string CertificateFile => Path.Combine(_folder, "server.crt");

    private string KeyFile => Path.Combine(_folder, "server.key");

    public static async Task<ServerKey> MakeAsync(CancellationToken stop)
    {
        var made = new ServerKey();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(made.CertificateFile, certificate.ExportCertificatePem(), stop);
        await File.WriteAllTextAsync(made.KeyFile, key.ExportPkcs8PrivateKeyPem(), stop);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(made.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (Environment.UserName != "root") return made;
        // Root's tests run their servers as another user.
        using var chown = Process.Start("chown", ["-R", "postgres", made._folder]);
        await chown.WaitForExitAsync(stop);
        chown.ExitCode.ShouldBe(0);
        return made;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
