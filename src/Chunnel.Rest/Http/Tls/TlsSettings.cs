namespace Chunnel.Rest;

/// <summary>How HTTPS is spoken (spec rest-api.md 1.5).</summary>
public sealed record TlsSettings
{
    /// <summary>Never searched for; 0 takes any that is free.</summary>
    public int Port { get; init; } = 8443;

    /// <summary>The server's certificate and key: PKCS#12 whatever the file is called, or PEM.</summary>
    public required string KeyStorePath { get; init; }

    public required string KeyStorePassword { get; init; }

    /// <summary>The key's own password.</summary>
    public required string KeyPassword { get; init; }

    /// <summary>The certificates that callers must come from. Only together with its password; null asks no caller for a certificate.</summary>
    public string? TrustStorePath { get; init; }

    public string? TrustStorePassword { get; init; }

    /// <summary>Whether a caller needs a certificate: half of the two settings is none.</summary>
    public bool AsksForCertificates => !string.IsNullOrWhiteSpace(TrustStorePath) && !string.IsNullOrWhiteSpace(TrustStorePassword);

    /// <summary>Settings are shown in errors and tests: not these.</summary>
    public override string ToString() => $"{nameof(TlsSettings)} on port {Port}";
}
