using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chunnel.Connectors.Jdbc;

/// <summary>What a writer prepared at a checkpoint, if anything.</summary>
internal sealed record PgWriterState(long CheckpointId, string? Gid)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, PgStateJson.Default.PgWriterState);

    public static PgWriterState FromBytes(byte[] bytes) => JsonSerializer.Deserialize(bytes, PgStateJson.Default.PgWriterState)!;

    /// <summary>One commit for what several writers prepared, and back.</summary>
    public static byte[] Combine(IEnumerable<byte[]> states) => JsonSerializer.SerializeToUtf8Bytes([.. states.Select(FromBytes).Select(state => state.Gid!)], PgStateJson.Default.StringArray);

    public static IReadOnlyList<string> Separate(byte[] combined) => JsonSerializer.Deserialize(combined, PgStateJson.Default.StringArray)!;
}

[JsonSerializable(typeof(PgWriterState))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class PgStateJson : JsonSerializerContext;
