using System.Text.Json;
using System.Text.Json.Serialization;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>A file, or a share of one between two rows, for one reader.</summary>
/// <param name="Path">The file.</param>
/// <param name="Table">Which of the source's tables it belongs to.</param>
/// <param name="Start">Where the share starts: a byte, or a row group of parquet.</param>
/// <param name="End">Where the share ends, exclusive; -1 for the file's end.</param>
/// <param name="Position">Where the next row is.</param>
public sealed record FileSplit(string Path, int Table, long Start, long End, FilePosition Position)
    : SourceSplit(Start == 0 && End < 0 ? Path : $"{Path}#{Start}")
{
    /// <summary>Bytes of the file that are the split's, as far as can be told.</summary>
    public long Bytes { get; init; }

    /// <summary>The part of the split that is read, 0 to 1, as near as can be told.</summary>
    public double PartRead { get; init; }

    public override long? SizeLeft => (long)(Bytes * (1 - PartRead));

    public static FileSplit Whole(string path, int table, long bytes = 0) => new(path, table, 0, -1, new FilePosition()) { Bytes = bytes };

    public static FileSplit Share(string path, int table, long start, long end, long bytes) => new(path, table, start, end, new FilePosition(Offset: start)) { Bytes = bytes };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(Memo.Of(this), FileSplitJson.Default.Memo);

    public static FileSplit FromBytes(byte[] bytes) => JsonSerializer.Deserialize(bytes, FileSplitJson.Default.Memo)!.ToSplit();

    /// <summary>Splits as a checkpoint keeps them. None are left at the end of a job: the serializer, which takes long to load, is not asked to write that.</summary>
    public static byte[] ManyToBytes(IEnumerable<FileSplit> splits) =>
        splits.Select(Memo.Of).ToArray() is { Length: > 0 } memos ? JsonSerializer.SerializeToUtf8Bytes(memos, FileSplitJson.Default.MemoArray) : [.. "[]"u8];

    public static IReadOnlyList<FileSplit> ManyFromBytes(byte[] bytes) => [.. JsonSerializer.Deserialize(bytes, FileSplitJson.Default.MemoArray)!.Select(memo => memo.ToSplit())];

    /// <summary>A split as a checkpoint keeps it.</summary>
    internal sealed record Memo(string Path, int Table, long Start, long End, FilePosition Position, long Bytes, double PartRead)
    {
        public static Memo Of(FileSplit split) => new(split.Path, split.Table, split.Start, split.End, split.Position, split.Bytes, split.PartRead);

        public FileSplit ToSplit() => new(Path, Table, Start, End, Position) { Bytes = Bytes, PartRead = PartRead };
    }
}

[JsonSerializable(typeof(FileSplit.Memo))]
[JsonSerializable(typeof(FileSplit.Memo[]))]
internal sealed partial class FileSplitJson : JsonSerializerContext;
