using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chunnel.Client;

/// <summary>
/// How the client's types stand in JSON. Numbers may come as strings: ids and all metrics do. What is read has setters: the generated reader
/// puts null into an init property whose key is absent, over its default.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(JobInfo))]
[JsonSerializable(typeof(IReadOnlyList<JobInfo>))]
[JsonSerializable(typeof(SubmittedJob))]
[JsonSerializable(typeof(StopOrder))]
[JsonSerializable(typeof(IReadOnlyList<LogFile>))]
[JsonSerializable(typeof(FailObject))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class WireJson : JsonSerializerContext;
