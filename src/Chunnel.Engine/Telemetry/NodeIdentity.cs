namespace Chunnel.Engine;

/// <summary>Which node of which cluster this is.</summary>
/// <param name="cluster">The cluster's name.</param>
/// <param name="host">Where its members know it; a number, not a name.</param>
/// <param name="isMaster">Whether it decides for the cluster. A node by itself does.</param>
public sealed class NodeIdentity(string cluster, string host, bool isMaster = true)
{
    public string Cluster { get; } = cluster;

    public string Host { get; } = host;

    /// <summary>The port its members know it by.</summary>
    public required int Port { get; init; }

    public bool IsMaster { get; } = isMaster;

    /// <summary><c>127.0.0.1:5801</c></summary>
    public string Address => $"{Host}:{Port}";
}
