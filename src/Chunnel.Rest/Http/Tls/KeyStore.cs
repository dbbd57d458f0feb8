using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Rest;

/// <summary>Reads files that hold certificates and keys: PKCS#12 or PEM, told apart by what is in them, not by their names.</summary>
internal static class KeyStore
{
    // More than any store; a file beyond it is something else.
    private const int MostBytes = 16 * 1024 * 1024;

    private static readonly byte[][] _javaMagics = [[0xFE, 0xED, 0xFE, 0xED], [0xCE, 0xCE, 0xCE, 0xCE]];

    /// <summary>The server's certificate first, then those that lead to its root.</summary>
    /// <exception cref="ChunnelException">The store cannot be read, or has no key.</exception>
    public static (X509Certificate2 Server, X509Certificate2Collection Chain) ReadServer(TlsSettings settings)
    {
        const string Setting = "http.key-store-path";
        var all = Read(Setting, settings.KeyStorePath, bytes => IsPem(bytes) ? [ServerOfPem(bytes, settings), .. PemCertificates(bytes).Skip(1)] : Pkcs12(bytes, settings.KeyStorePassword, settings.KeyPassword));
        if (all.FirstOrDefault(certificate => certificate.HasPrivateKey) is not { } server) throw Wrong(Setting, settings.KeyStorePath, "it holds no private key", "Put the server's key into it, beside its certificate.");
        return (server, [.. all.Where(certificate => certificate != server)]);
    }

    /// <summary>The certificates that callers may come from.</summary>
    /// <exception cref="ChunnelException">The store cannot be read, or is empty.</exception>
    public static X509Certificate2Collection ReadTrusted(TlsSettings settings)
    {
        const string Setting = "http.trust-store-path";
        var all = Read(Setting, settings.TrustStorePath!, bytes => IsPem(bytes) ? PemCertificates(bytes) : Pkcs12(bytes, settings.TrustStorePassword!, settings.TrustStorePassword!));
        return all.Count > 0 ? all : throw Wrong(Setting, settings.TrustStorePath!, "it holds no certificate", "Nobody could connect. Put the certificates into it that callers come from.");
    }

    private static X509Certificate2Collection Read(string setting, string path, Func<byte[], X509Certificate2Collection> parse)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes) throw Wrong(setting, path, "it is too large to be a store of keys", "Name the right file.");
            var bytes = File.ReadAllBytes(path);
            if (_javaMagics.Any(magic => bytes.AsSpan().StartsWith(magic)))
            {
                throw Wrong(setting, path, "it is a Java key store of the old kind", $"Convert it: keytool -importkeystore -srckeystore {path} -destkeystore {Path.ChangeExtension(path, "p12")} -deststoretype pkcs12");
            }
            return parse(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(setting, path, e.Message.TrimEnd('.'), "Is it there, and may this program read it?");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Wrong(setting, path, e.Message.TrimEnd('.'), "Is the password right, and the file PKCS#12 or PEM?");
        }
    }

    /// <summary>Most programs give a store and its keys one password. Where they differ, either may open both.</summary>
    private static X509Certificate2Collection Pkcs12(byte[] bytes, string password, string keyPassword)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12Collection(bytes, password);
        }
        catch (CryptographicException) when (keyPassword != password)
        {
            return X509CertificateLoader.LoadPkcs12Collection(bytes, keyPassword);
        }
    }

    private static X509Certificate2 ServerOfPem(byte[] bytes, TlsSettings settings)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromEncryptedPem(text, text, settings.KeyPassword)
            : X509Certificate2.CreateFromPem(text, text);
    }

    private static X509Certificate2Collection PemCertificates(byte[] bytes)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(Encoding.UTF8.GetString(bytes));
        return all;
    }

    private static bool IsPem(byte[] bytes) => bytes.AsSpan().IndexOf("-----BEGIN "u8) >= 0;

    private static ChunnelException Wrong(string setting, string path, string why, string mend) =>
        new(RestErrors.KeyStoreWrong, $"{setting}: '{path}' cannot be used: {why}.") { Mend = mend };
}
