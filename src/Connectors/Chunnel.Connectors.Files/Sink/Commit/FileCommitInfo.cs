using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chunnel.Connectors.Files;

/// <summary>What one writer prepared: the moves that make it visible, and the folder that is then left over.</summary>
internal sealed record FileCommitInfo(string Transaction, string Folder, IReadOnlyList<FileMove> Moves)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, FileCommitJson.Default.FileCommitInfo);

    public static FileCommitInfo FromBytes(byte[] bytes) => JsonSerializer.Deserialize(bytes, FileCommitJson.Default.FileCommitInfo)!;

    public static byte[] Combine(IReadOnlyList<byte[]> infos) => JsonSerializer.SerializeToUtf8Bytes([.. infos.Select(FromBytes)], FileCommitJson.Default.FileCommitInfoArray);

    public static FileCommitInfo[] Separate(byte[] aggregate) => JsonSerializer.Deserialize(aggregate, FileCommitJson.Default.FileCommitInfoArray)!;
}

[JsonSerializable(typeof(FileCommitInfo))]
[JsonSerializable(typeof(FileCommitInfo[]))]
[JsonSerializable(typeof(FileWriterState))]
internal sealed partial class FileCommitJson : JsonSerializerContext;
