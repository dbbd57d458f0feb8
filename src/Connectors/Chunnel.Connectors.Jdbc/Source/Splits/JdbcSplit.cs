using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>A part of a table's rows, with what is read of it.</summary>
/// <param name="Table">Which of the source's tables.</param>
/// <param name="Number">Its place among the table's splits.</param>
/// <param name="Part">Which rows are in it.</param>
internal sealed record JdbcSplit(int Table, int Number, SplitPart Part) : SourceSplit(string.Create(CultureInfo.InvariantCulture, $"{Table}#{Number}"))
{
    /// <summary>True when rows are read in the order of the table's key: then <see cref="After"/> says where to go on.</summary>
    public bool ByKey { get; init; }

    /// <summary>The key of the last row that was given out.</summary>
    public IReadOnlyList<string>? After { get; init; }

    /// <summary>Rows given out.</summary>
    public long Rows { get; init; }

    /// <summary>The checksum over those rows as they came, when they are not read by key: when reading again gives others, it is told.</summary>
    public uint Checksum { get; init; }

    /// <summary>False when the job asked for just these splits.</summary>
    public bool MayJoin { get; init; }

    /// <summary>True when both are ranges that touch and nothing is read of either.</summary>
    public bool JoinsWith(JdbcSplit next) =>
        Table == next.Table && MayJoin && next.MayJoin && ByKey == next.ByKey && Rows == 0 && next.Rows == 0 && Part is { Upper: { } border, UpperIsIn: false } && next.Part.Lower == border && Part.IsRange && next.Part.IsRange;

    public JdbcSplit Join(JdbcSplit next) => this with { Part = Part with { Upper = next.Part.Upper, UpperIsIn = next.Part.UpperIsIn } };

    /// <summary>Neighbours, those that touch as one.</summary>
    public static IReadOnlyList<JdbcSplit> Joined(IReadOnlyList<JdbcSplit> neighbours)
    {
        var joined = new List<JdbcSplit>();
        foreach (var split in neighbours)
        {
            if (joined.Count > 0 && joined[^1].JoinsWith(split)) joined[^1] = joined[^1].Join(split);
            else joined.Add(split);
        }
        return joined;
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(Memo.Of(this), JdbcSplitJson.Default.Memo);

    public static JdbcSplit FromBytes(byte[] bytes) => JsonSerializer.Deserialize(bytes, JdbcSplitJson.Default.Memo)!.ToSplit();

    /// <summary>Splits as a checkpoint keeps them. None are left at the end of a job: the serializer, which takes long to load, is not asked to write that.</summary>
    public static byte[] ManyToBytes(IEnumerable<JdbcSplit> splits) =>
        splits.Select(Memo.Of).ToArray() is { Length: > 0 } memos ? JsonSerializer.SerializeToUtf8Bytes(memos, JdbcSplitJson.Default.MemoArray) : [.. "[]"u8];

    public static IReadOnlyList<JdbcSplit> ManyFromBytes(byte[] bytes) => [.. JsonSerializer.Deserialize(bytes, JdbcSplitJson.Default.MemoArray)!.Select(memo => memo.ToSplit())];

    /// <summary>A split as a checkpoint keeps it.</summary>
    internal sealed record Memo(int Table, int Number, SplitPart Part, bool MayJoin, bool ByKey, IReadOnlyList<string>? After, long Rows, uint Checksum)
    {
        public static Memo Of(JdbcSplit split) => new(split.Table, split.Number, split.Part, split.MayJoin, split.ByKey, split.After, split.Rows, split.Checksum);

        public JdbcSplit ToSplit() => new(Table, Number, Part) { MayJoin = MayJoin, ByKey = ByKey, After = After, Rows = Rows, Checksum = Checksum };
    }
}

/// <summary>Which rows: all, those from a key up to another, those without one, or those whose key has a hash.</summary>
internal sealed record SplitPart
{
    public static readonly SplitPart All = new();

    public static readonly SplitPart Nulls = new() { IsNull = true };

    /// <summary>The least key in it; null for no lower end.</summary>
    public string? Lower { get; init; }

    /// <summary>The key that it ends before; null for no upper end.</summary>
    public string? Upper { get; init; }

    /// <summary>True when rows with the upper key are in it.</summary>
    public bool UpperIsIn { get; init; }

    public bool IsNull { get; init; }

    /// <summary>Which of <see cref="HashParts"/>, when that is not 0.</summary>
    public int HashPart { get; init; }

    public int HashParts { get; init; }

    [JsonIgnore]
    public bool IsRange => !IsNull && HashParts == 0;
}

[JsonSerializable(typeof(JdbcSplit.Memo))]
[JsonSerializable(typeof(JdbcSplit.Memo[]))]
internal sealed partial class JdbcSplitJson : JsonSerializerContext;
