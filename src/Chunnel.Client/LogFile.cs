using System.Text.Json.Serialization;

namespace Chunnel.Client;

/// <summary>A log file of a node.</summary>
/// <param name="Node">The node, <c>host:port</c>.</param>
/// <param name="Link">Where the node serves it.</param>
/// <param name="Name">What <see cref="ChunnelClient.ReadLogAsync"/> takes.</param>
public sealed record LogFile(
    string Node,
    [property: JsonPropertyName("logLink")] string Link,
    [property: JsonPropertyName("logName")] string Name);
