using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chunnel.Core;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Chunnel.Rest;

/// <summary>Makes a listener speak HTTPS. Nothing here is loaded by a node that does not.</summary>
internal sealed class TlsListener
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _chain;
    private readonly X509Certificate2Collection? _trusted;

    /// <exception cref="ChunnelException">A store cannot be read.</exception>
    public TlsListener(TlsSettings settings)
    {
        (Certificate, _chain) = KeyStore.ReadServer(settings);
        _trusted = settings.AsksForCertificates ? KeyStore.ReadTrusted(settings) : null;
    }

    public X509Certificate2 Certificate { get; }

    public bool AsksForCertificates => _trusted is not null;

    public static void Prepare(IWebHostBuilder host) => host.UseKestrelHttpsConfiguration();

    public void Use(ListenOptions listener) => listener.UseHttps(https =>
    {
        https.ServerCertificate = Certificate;
        https.ServerCertificateChain = _chain;
        if (_trusted is null) return;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.ClientCertificateValidation = (certificate, sent, _) => IsTrusted(certificate, sent);
    });

    /// <summary>It comes from one of the trusted certificates, or is one; what the machine trusts besides does not count.</summary>
    private bool IsTrusted(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_trusted!);
        chain.ChainPolicy.ExtraStore.AddRange(_trusted!);
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        // As in Java, the one that is trusted need not be a root.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return chain.Build(certificate) && chain.ChainElements.Any(element => _trusted!.Any(trusted => trusted.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)));
    }
}
