using System.Text.Json;

namespace Chunnel.Connectors.Files;

/// <summary>What a writer leaves to the next: its prefix, the number of the transaction that comes next, and what it prepared last.</summary>
internal sealed record FileWriterState(string Prefix, long NextTransaction, bool HasFiles, FileCommitInfo? Prepared)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, FileCommitJson.Default.FileWriterState);

    public static FileWriterState FromBytes(byte[] bytes) => JsonSerializer.Deserialize(bytes, FileCommitJson.Default.FileWriterState)!;
}
