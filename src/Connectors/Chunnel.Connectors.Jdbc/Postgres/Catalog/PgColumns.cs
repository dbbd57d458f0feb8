using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>PostgreSQL's types as the engine's (spec connectors.md 7.8). A domain counts as what it stands on.</summary>
internal static class PgColumns
{
    /// <summary>A numeric that says nothing of its digits.</summary>
    private static readonly DataType AnyNumeric = DataType.Decimal(38, 18);

    private const int ModHead = 4;

    /// <summary>A column of the catalog as the engine knows it.</summary>
    public static ColumnDef Of(PgColumn column)
    {
        var type = column.Element is { } element ? DataType.Array(TypeOf(element, column.Mod)) : TypeOf(column.Type, column.Mod);
        return new ColumnDef(column.Name, type)
        {
            SourceType = column.Shown,
            Length = LengthOf(column.Type, column.Mod),
            Scale = ScaleOf(column.Type, column.Mod),
            Nullable = !column.Filled,
            Default = column.Default,
            Comment = column.Comment,
        };
    }

    /// <summary>How a query asks for a column so that COPY's bytes are what decoders expect: most types as they are, all others cast.</summary>
    public static string SelectOf(ColumnDef column)
    {
        var quoted = PgText.Quote(column.Name);
        if (ComesAsItIs(column)) return quoted;
        // Cast to text, an address alone would get the length of its mask.
        if (column.SourceType == "inet") return $"abbrev({quoted})";
        return $"{quoted}::{CastOf(column.Type)}";
    }

    /// <summary>True when COPY's bytes are the column's own, not those of a cast.</summary>
    public static bool ComesAsItIs(ColumnDef column) => column.SourceType is { } shown && IsPlain(column.Type, shown);

    private static DataType TypeOf(string type, int mod) => type switch
    {
        "bool" => DataType.Boolean,
        "int2" => DataType.SmallInt,
        "int4" => DataType.Int,
        "int8" or "oid" or "xid8" => DataType.BigInt,
        "float4" => DataType.Float,
        "float8" => DataType.Double,
        "numeric" => NumericOf(mod),
        "money" => DataType.Decimal(30, 2),
        "bytea" => DataType.Bytes,
        "date" => DataType.Date,
        "time" or "timetz" => DataType.Time,
        "timestamp" => DataType.Timestamp,
        "timestamptz" => DataType.TimestampTz,
        _ => DataType.String,
    };

    private static DataType NumericOf(int mod)
    {
        if (mod < ModHead) return AnyNumeric;
        var precision = ((mod - ModHead) >> 16) & 0xFFFF;
        var scale = NumericScale(mod);
        // numeric(5, -2) holds whole numbers of seven digits.
        if (scale < 0) (precision, scale) = (precision - scale, 0);
        return DataType.Decimal(Math.Min(Math.Max(precision, scale), DecimalType.MaxPrecision), Math.Min(scale, DecimalType.MaxPrecision));
    }

    /// <summary>Eleven bits with a sign.</summary>
    private static int NumericScale(int mod) => (((mod - ModHead) & 0x7FF) ^ 0x400) - 0x400;

    private static long? LengthOf(string type, int mod) => type is "varchar" or "bpchar" && mod >= ModHead ? mod - ModHead : null;

    private static int? ScaleOf(string type, int mod) => type switch
    {
        "numeric" when mod >= ModHead => NumericScale(mod),
        "time" or "timetz" or "timestamp" or "timestamptz" => mod >= 0 ? mod : 6,
        _ => null,
    };

    private static bool IsPlain(DataType type, string shown) => type.Kind switch
    {
        TypeKind.Boolean => shown == "boolean",
        TypeKind.SmallInt => shown == "smallint",
        TypeKind.Int => shown == "integer",
        TypeKind.BigInt => shown == "bigint",
        TypeKind.Float => shown == "real",
        TypeKind.Double => shown == "double precision",
        TypeKind.Decimal => shown.StartsWith("numeric", StringComparison.Ordinal),
        TypeKind.Bytes => shown == "bytea",
        TypeKind.Date => shown == "date",
        TypeKind.Time => shown.StartsWith("time", StringComparison.Ordinal) && shown.EndsWith("without time zone", StringComparison.Ordinal),
        TypeKind.Timestamp => shown.StartsWith("timestamp", StringComparison.Ordinal) && shown.EndsWith("without time zone", StringComparison.Ordinal),
        TypeKind.TimestampTz => shown.StartsWith("timestamp", StringComparison.Ordinal) && shown.EndsWith("with time zone", StringComparison.Ordinal),
        TypeKind.Array => shown.EndsWith("[]", StringComparison.Ordinal) && IsPlain(((ArrayType)type).Element, shown[..^2]),
        _ => shown is "text" or "json" or "xml" || shown.StartsWith("character", StringComparison.Ordinal),
    };

    private static string CastOf(DataType type) => type.Kind switch
    {
        TypeKind.Boolean => "bool",
        TypeKind.SmallInt => "int2",
        TypeKind.Int => "int4",
        TypeKind.BigInt => "int8",
        TypeKind.Float => "float4",
        TypeKind.Double => "float8",
        TypeKind.Decimal => "numeric",
        TypeKind.Bytes => "bytea",
        TypeKind.Date => "date",
        TypeKind.Time => "time",
        TypeKind.Timestamp => "timestamp",
        TypeKind.TimestampTz => "timestamptz",
        TypeKind.Array => CastOf(((ArrayType)type).Element) + "[]",
        _ => "text",
    };
}
