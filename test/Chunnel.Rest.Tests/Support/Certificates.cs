using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Chunnel.Rest.Tests;

/// <summary>Certificates made here and now: no key lies in the repository.</summary>
internal static class Certificates
{
    private static readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow().AddDays(-1);

    public static X509Certificate2 Root(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(_from, _from.AddDays(30));
    }

    /// <summary>Signed by a root, or by itself.</summary>
    public static X509Certificate2 Leaf(string name, X509Certificate2? root, int days = 20)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        if (root is null) return request.CreateSelfSigned(_from, _from.AddDays(days));
        using var signed = request.Create(root, _from, _from.AddDays(days), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    public static string Pkcs12(string path, string password, params X509Certificate2[] certificates)
    {
        File.WriteAllBytes(path, new X509Certificate2Collection(certificates).Export(X509ContentType.Pkcs12, password)!);
        return path;
    }

    public static string Pem(string path, X509Certificate2 certificate, string? keyPassword)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        var pem = keyPassword is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(keyPassword, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + pem + "\n");
        return path;
    }

    /// <summary>Certificates alone, as a trust store that callers are checked against.</summary>
    public static X509Certificate2 WithoutKey(this X509Certificate2 certificate) => X509CertificateLoader.LoadCertificate(certificate.RawData);
}
