using Chunnel.Core;

namespace Chunnel.Transforms.Metadata;

/// <summary>What can be known of a row beside its values, with the types of the columns.</summary>
internal static class MetadataKeys
{
    public const string Database = "Database";
    public const string Table = "Table";
    public const string RowKind = "RowKind";
    public const string Partition = "Partition";

    /// <summary>In the order of the documentation. Those behind the first four are the source's to tell.</summary>
    public static IReadOnlyDictionary<string, DataType> All { get; } = new Dictionary<string, DataType>(StringComparer.Ordinal)
    {
        [Database] = DataType.String,
        [Table] = DataType.String,
        [RowKind] = DataType.String,
        [Partition] = DataType.String,
        ["EventTime"] = DataType.BigInt,
        ["Delay"] = DataType.BigInt,
        ["SourceTimestamp"] = DataType.BigInt,
        ["BinlogFile"] = DataType.String,
        ["BinlogPos"] = DataType.BigInt,
        ["BinlogRow"] = DataType.Int,
        ["Gtid"] = DataType.String,
        ["FilePath"] = DataType.String,
        ["FileCreateTime"] = DataType.BigInt,
        ["FileUpdateTime"] = DataType.BigInt,
        ["FileSize"] = DataType.BigInt,
        ["FileType"] = DataType.String,
    };
}
