namespace Chunnel.Rest;

/// <summary>How v1 is reached: on the port that other nodes know this one by (spec rest-api.md 1.3).</summary>
public sealed record V1Settings
{
    /// <summary>False: no port is opened.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The first port tried; 0 takes any that is free.</summary>
    public int Port { get; init; } = 5801;

    /// <summary>Whether the ports after the first are tried too.</summary>
    public bool SearchesPort { get; init; } = true;

    /// <summary>How many ports are tried, the first one counted.</summary>
    public int PortCount { get; init; } = 100;

    /// <summary>What is served. As it ships: all but nothing; a file that names no groups has reading and health alone.</summary>
    public EndpointGroups Groups { get; init; } = EndpointGroups.ClusterRead | EndpointGroups.ClusterWrite | EndpointGroups.HealthCheck | EndpointGroups.Data;
}
