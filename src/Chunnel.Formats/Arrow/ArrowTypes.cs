using Apache.Arrow;
using Chunnel.Core;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Arrow;

/// <summary>
/// Our types as Arrow's and back (data-path.md 2.3). Vectors are lists of 32-bit floats, whatever their own width; a binary vector is binary;
/// a sparse one a map from index to value.
/// </summary>
public static class ArrowTypes
{
    /// <summary>Digits of a second from which on a column is declared to hold nanoseconds.</summary>
    public const int DigitsOfNanos = 7;

    private const string Utc = "UTC";

    /// <summary>The table's columns as an Arrow schema.</summary>
    public static Apache.Arrow.Schema ToSchema(TableSchema schema, ArrowOptions? options = null)
    {
        options ??= ArrowOptions.Default;
        return new Apache.Arrow.Schema([.. schema.Columns.Select(column => new Field(column.Name, ToArrow(column, options), nullable: true))], metadata: null);
    }

    private static Types.IArrowType ToArrow(ColumnDef column, ArrowOptions options)
    {
        var nanos = options.Timestamps == ArrowTimestamps.NanosWhereDeclared && column.Scale >= DigitsOfNanos;
        return column.Type.Kind switch
        {
            TypeKind.Timestamp when nanos => new Types.TimestampType(Types.TimeUnit.Nanosecond, timezone: (string?)null),
            TypeKind.TimestampTz when nanos => new Types.TimestampType(Types.TimeUnit.Nanosecond, Utc),
            _ => ToArrow(column.Type, options),
        };
    }

    /// <summary>One type.</summary>
    public static Types.IArrowType ToArrow(DataType type, ArrowOptions options) => type switch
    {
        { Kind: TypeKind.Null } => options.NullsAsText ? Types.StringType.Default : Types.NullType.Default,
        { Kind: TypeKind.Boolean } => Types.BooleanType.Default,
        { Kind: TypeKind.TinyInt } => Types.Int8Type.Default,
        { Kind: TypeKind.SmallInt } => Types.Int16Type.Default,
        { Kind: TypeKind.Int } => Types.Int32Type.Default,
        { Kind: TypeKind.BigInt } => Types.Int64Type.Default,
        { Kind: TypeKind.Float } => Types.FloatType.Default,
        { Kind: TypeKind.Double } => Types.DoubleType.Default,
        DecimalType number => new Types.Decimal128Type(number.Precision, number.Scale),
        { Kind: TypeKind.String } => Types.StringType.Default,
        { Kind: TypeKind.Bytes or TypeKind.BinaryVector } => Types.BinaryType.Default,
        { Kind: TypeKind.Date } => Types.Date32Type.Default,
        { Kind: TypeKind.Time } => Types.TimeType.Nanosecond,
        { Kind: TypeKind.Timestamp } => new Types.TimestampType(UnitOf(options), timezone: (string?)null),
        { Kind: TypeKind.TimestampTz } => new Types.TimestampType(UnitOf(options), Utc),
        ArrayType list => new Types.ListType(new Field("item", ToArrow(list.Element, options), nullable: true)),
        MapType map => MapOf(ToArrow(map.Key, options), ToArrow(map.Value, options)),
        RowType row => new Types.StructType([.. row.Fields.Select(field => new Field(field.Name, ToArrow(field.Type, options), nullable: true))]),
        { Kind: TypeKind.SparseFloatVector } => MapOf(Types.Int32Type.Default, Types.FloatType.Default),
        _ => new Types.ListType(new Field("item", Types.FloatType.Default, nullable: true)),
    };

    /// <summary>The type that holds an Arrow type's values without loss, or null when there is none.</summary>
    public static DataType? FromArrow(Types.IArrowType type) => type switch
    {
        Types.NullType => DataType.Null,
        Types.BooleanType => DataType.Boolean,
        Types.Int8Type => DataType.TinyInt,
        Types.Int16Type or Types.UInt8Type => DataType.SmallInt,
        Types.Int32Type or Types.UInt16Type => DataType.Int,
        Types.Int64Type or Types.UInt32Type => DataType.BigInt,
        Types.UInt64Type => DataType.Decimal(20, 0),
        Types.HalfFloatType or Types.FloatType => DataType.Float,
        Types.DoubleType => DataType.Double,
        Types.Decimal32Type number => DecimalOf(number.Precision, number.Scale),
        Types.Decimal64Type number => DecimalOf(number.Precision, number.Scale),
        Types.Decimal128Type number => DecimalOf(number.Precision, number.Scale),
        Types.Decimal256Type number => DecimalOf(number.Precision, number.Scale),
        Types.StringType or Types.LargeStringType or Types.StringViewType => DataType.String,
        Types.BinaryType or Types.LargeBinaryType or Types.BinaryViewType or Types.FixedSizeBinaryType => DataType.Bytes,
        Types.Date32Type or Types.Date64Type => DataType.Date,
        Types.Time32Type or Types.Time64Type => DataType.Time,
        Types.TimestampType moment => string.IsNullOrEmpty(moment.Timezone) ? DataType.Timestamp : DataType.TimestampTz,
        Types.DictionaryType dictionary => FromArrow(dictionary.ValueType),
        Types.MapType map => Both(FromArrow(map.KeyField.DataType), FromArrow(map.ValueField.DataType)),
        Types.ListType list => Of(FromArrow(list.ValueDataType)),
        Types.LargeListType list => Of(FromArrow(list.ValueDataType)),
        Types.FixedSizeListType list => Of(FromArrow(list.ValueDataType)),
        Types.StructType row => RowOf(row),
        _ => null,
    };

    /// <summary>Names a type the way its own documentation does.</summary>
    public static string NameOf(Types.IArrowType type) => type switch
    {
        Types.TimestampType moment => $"timestamp[{moment.Unit}{(string.IsNullOrEmpty(moment.Timezone) ? "" : ", " + moment.Timezone)}]",
        Types.DictionaryType dictionary => $"dictionary<{NameOf(dictionary.ValueType)}>",
        Types.MapType map => $"map<{NameOf(map.KeyField.DataType)}, {NameOf(map.ValueField.DataType)}>",
        Types.ListType list => $"list<{NameOf(list.ValueDataType)}>",
        Types.StructType row => $"struct<{string.Join(", ", row.Fields.Select(field => $"{field.Name}: {NameOf(field.DataType)}"))}>",
        _ => type.Name,
    };

    internal static Types.TimeUnit UnitOf(ArrowOptions options) =>
        options.Timestamps == ArrowTimestamps.Millis ? Types.TimeUnit.Millisecond : Types.TimeUnit.Microsecond;

    private static Types.MapType MapOf(Types.IArrowType key, Types.IArrowType value) =>
        new(new Field("key", key, nullable: false), new Field("value", value, nullable: true));

    private static DecimalType? DecimalOf(int precision, int scale) =>
        precision <= DecimalType.MaxPrecision && scale >= 0 && scale <= precision ? DataType.Decimal(precision, scale) : null;

    private static ArrayType? Of(DataType? element) => element is null ? null : DataType.Array(element);

    private static MapType? Both(DataType? key, DataType? value) => key is null || value is null ? null : DataType.Map(key, value);

    private static RowType? RowOf(Types.StructType row)
    {
        var fields = row.Fields.Select(field => (field.Name, Type: FromArrow(field.DataType))).ToList();
        return fields.Exists(field => field.Type is null) ? null : DataType.Row([.. fields.Select(field => new RowField(field.Name, field.Type!))]);
    }
}
