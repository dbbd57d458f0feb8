namespace Chunnel.Core;

/// <summary>The kinds of value that a column can hold: SeaTunnel's SqlType (spec engine.md 1).</summary>
public enum TypeKind : byte
{
    Null,
    Boolean,
    TinyInt,
    SmallInt,
    Int,
    BigInt,
    Float,
    Double,
    Decimal,
    String,
    Bytes,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Array,
    Map,
    Row,
    BinaryVector,
    FloatVector,
    Float16Vector,
    BFloat16Vector,
    SparseFloatVector,
}
