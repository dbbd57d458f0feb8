using Chunnel.Formats.Arrow;
using ParquetSharp;
using ParquetSharp.Schema;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Parquet;

/// <summary>Parquet's schema for an Arrow schema, with INT96 where it is wanted. Lists and maps have the names that the format prescribes.</summary>
internal sealed class Int96Schema(bool timestamps, IReadOnlySet<string> fixedAsInt96)
{
    /// <summary>Bytes of any decimal: what a 128-bit number takes.</summary>
    public const int DecimalBytes = 16;

    public GroupNode Root(Apache.Arrow.Schema schema) =>
        new("schema", Repetition.Required, [.. schema.FieldsList.Select(field => fixedAsInt96.Contains(field.Name)
            ? Leaf(field.Name, Repetition.Optional, LogicalType.None(), PhysicalType.Int96)
            : NodeOf(field.Name, field.DataType, Repetition.Optional))]);

    private Node NodeOf(string name, Types.IArrowType type, Repetition repetition) => type switch
    {
        Types.BooleanType => Leaf(name, repetition, LogicalType.None(), PhysicalType.Boolean),
        Types.Int8Type => Leaf(name, repetition, LogicalType.Int(8, isSigned: true), PhysicalType.Int32),
        Types.Int16Type => Leaf(name, repetition, LogicalType.Int(16, isSigned: true), PhysicalType.Int32),
        Types.Int32Type => Leaf(name, repetition, LogicalType.None(), PhysicalType.Int32),
        Types.Int64Type => Leaf(name, repetition, LogicalType.None(), PhysicalType.Int64),
        Types.FloatType => Leaf(name, repetition, LogicalType.None(), PhysicalType.Float),
        Types.DoubleType => Leaf(name, repetition, LogicalType.None(), PhysicalType.Double),
        Types.Decimal128Type number => new PrimitiveNode(name, repetition, LogicalType.Decimal(number.Precision, number.Scale), PhysicalType.FixedLenByteArray, DecimalBytes),
        Types.StringType => Leaf(name, repetition, LogicalType.String(), PhysicalType.ByteArray),
        Types.BinaryType => Leaf(name, repetition, LogicalType.None(), PhysicalType.ByteArray),
        Types.Date32Type => Leaf(name, repetition, LogicalType.Date(), PhysicalType.Int32),
        Types.Time64Type => Leaf(name, repetition, LogicalType.Time(isAdjustedToUtc: false, TimeUnit.Nanos), PhysicalType.Int64),
        Types.TimestampType when timestamps => Leaf(name, repetition, LogicalType.None(), PhysicalType.Int96),
        Types.TimestampType moment => Leaf(name, repetition, LogicalType.Timestamp(!string.IsNullOrEmpty(moment.Timezone), UnitOf(moment)), PhysicalType.Int64),
        Types.MapType map => new GroupNode(name, repetition,
            [new GroupNode("key_value", Repetition.Repeated, [NodeOf("key", map.KeyField.DataType, Repetition.Required), NodeOf("value", map.ValueField.DataType, Repetition.Optional)])],
            LogicalType.Map()),
        Types.ListType list => new GroupNode(name, repetition,
            [new GroupNode("list", Repetition.Repeated, [NodeOf("element", list.ValueDataType, Repetition.Optional)])], LogicalType.List()),
        Types.StructType row => new GroupNode(name, repetition, [.. row.Fields.Select(field => NodeOf(field.Name, field.DataType, Repetition.Optional))]),
        _ => throw new System.Diagnostics.UnreachableException($"No Parquet type for {ArrowTypes.NameOf(type)}."),
    };

    private static PrimitiveNode Leaf(string name, Repetition repetition, LogicalType logical, PhysicalType physical) => new(name, repetition, logical, physical);

    private static TimeUnit UnitOf(Types.TimestampType moment) => moment.Unit switch
    {
        Types.TimeUnit.Nanosecond => TimeUnit.Nanos,
        Types.TimeUnit.Millisecond => TimeUnit.Millis,
        _ => TimeUnit.Micros,
    };
}
