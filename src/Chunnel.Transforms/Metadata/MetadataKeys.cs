using Chunnel.Core;

namespace Chunnel.Transforms.Metadata;

/// <summary>What can be known of a row beside its values, with the types of the columns.</summary>
internal static class MetadataKeys
{
    public const string Database = "Database";
    public const string Table = "Table";
    public const string RowKind = "RowKind";

    /// <summary>In the order of the documentation. All but the first three are the source's to tell.</summary>
    public static IReadOnlyDictionary<string, DataType> All { get; } = new Dictionary<string, DataType>(StringComparer.Ordinal)
    {
        [Database] = DataType.String,
        [Table] = DataType.String,
        [RowKind] = DataType.String,
        ["EventTime"] = DataType.BigInt,
        ["Delay"] = DataType.BigInt,
        ["Partition"] = DataType.String,
    };
}
