using System.Text.Json.Serialization;

namespace Chunnel.Client;

internal sealed record StopOrder(long JobId, [property: JsonPropertyName("isStopWithSavePoint")] bool WithSavepoint);
