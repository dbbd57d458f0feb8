namespace Chunnel.Rest;

/// <summary>How REST is reached (spec rest-api.md 1.2).</summary>
public sealed record HttpSettings
{
    /// <summary>False: no plain port is opened.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The first port tried; 0 takes any that is free.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Before every route: empty, or <c>/seatunnel</c>.</summary>
    public string ContextPath { get; init; } = "";

    /// <summary>Whether the ports after the first are tried too.</summary>
    public bool SearchesPort { get; init; } = true;

    /// <summary>The last port tried is this many above the first.</summary>
    public int PortRange { get; init; } = 100;

    /// <summary>Null: no port for HTTPS is opened.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Null: nobody is asked for a password.</summary>
    public BasicAuthSettings? BasicAuth { get; init; }

    /// <summary>What a request may ask of the node; for v1 too.</summary>
    public BodyLimits Bodies { get; init; } = new();

    /// <summary>Bytes of a log file that are answered at most, the last ones; for v1 too. Null: all of it, however large.</summary>
    public long? MostLogBytes { get; init; }
}
