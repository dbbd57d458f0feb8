namespace Chunnel.Rest;

/// <summary>How REST is reached (spec rest-api.md 1.2).</summary>
public sealed record HttpSettings
{
    /// <summary>False: no port is opened.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The first port tried; 0 takes any that is free.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Before every route: empty, or <c>/seatunnel</c>.</summary>
    public string ContextPath { get; init; } = "";

    /// <summary>Whether the ports after the first are tried too.</summary>
    public bool SearchesPort { get; init; } = true;

    /// <summary>The last port tried is this many above the first.</summary>
    public int PortRange { get; init; } = 100;
}
