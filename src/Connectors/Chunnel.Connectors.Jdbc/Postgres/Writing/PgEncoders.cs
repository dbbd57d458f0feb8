using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Which values go into a column as they are. What has no encoder here goes by way of a staging table, where the server converts it.</summary>
internal static class PgEncoders
{
    private const byte JsonbVersion = 1;
    private const int ModHead = 4;

    /// <summary>The encoder from a type of the engine into a column; null when the server must convert.</summary>
    public static PgEncoder? Find(DataType from, PgColumn to, Strictness strictness)
    {
        if (from.Kind == TypeKind.Null) return new PgNullEncoder();
        if (to.Element is { } element)
        {
            if (from is not ArrayType array) return null;
            var ofElement = Find(array.Element, new PgColumn(to.Name, element, element, to.Mod), strictness);
            return ofElement is null ? null : new PgArrayEncoder(ofElement, to.ElementOid);
        }
        return from.Kind switch
        {
            TypeKind.Boolean => to.Type == "bool" ? new PgBoolEncoder() : null,
            TypeKind.TinyInt => Whole<sbyte>(to, strictness),
            TypeKind.SmallInt => Whole<short>(to, strictness),
            TypeKind.Int => Whole<int>(to, strictness),
            TypeKind.BigInt => Whole<long>(to, strictness),
            TypeKind.Float => to.Type switch
            {
                "float4" => new PgFixedEncoder<float, int, PgWire.Float>(strictness, to.Shown),
                "float8" => new PgFixedEncoder<float, long, PgWire.FloatAsDouble>(strictness, to.Shown),
                _ => null,
            },
            TypeKind.Double => to.Type switch
            {
                "float8" => new PgFixedEncoder<double, long, PgWire.Double>(strictness, to.Shown),
                "float4" => new PgFixedEncoder<double, int, PgWire.DoubleAsFloat>(strictness, to.Shown),
                _ => null,
            },
            TypeKind.Decimal => to.Type == "numeric" ? Numeric(to, strictness) : null,
            TypeKind.String => Text(to, strictness),
            TypeKind.Bytes => to.Type == "bytea" ? new PgTextEncoder(strictness, null, isText: false) : null,
            TypeKind.Date => to.Type == "date" ? new PgFixedEncoder<int, int, PgWire.Date>(strictness, to.Shown) : null,
            TypeKind.Time => to.Type == "time" ? new PgTimeEncoder(strictness) : null,
            TypeKind.Timestamp => to.Type == "timestamp" ? new PgTimestampEncoder(strictness) : null,
            TypeKind.TimestampTz => to.Type == "timestamptz" ? new PgTimestampEncoder(strictness) : null,
            TypeKind.Array => null,
            _ => to.Type switch
            {
                "text" or "varchar" or "json" => new PgNestedEncoder(null),
                "jsonb" when !from.IsVector => new PgNestedEncoder(JsonbVersion),
                _ => null,
            },
        };
    }

    /// <summary>The type that values of the engine's have by nature, which always has an encoder: what a staging table gives them.</summary>
    public static PgColumn Natural(string name, DataType type) => type.Kind switch
    {
        TypeKind.Boolean => new(name, "boolean", "bool", -1),
        TypeKind.TinyInt or TypeKind.SmallInt => new(name, "smallint", "int2", -1),
        TypeKind.Int => new(name, "integer", "int4", -1),
        TypeKind.BigInt => new(name, "bigint", "int8", -1),
        TypeKind.Float => new(name, "real", "float4", -1),
        TypeKind.Double => new(name, "double precision", "float8", -1),
        TypeKind.Decimal => new(name, "numeric", "numeric", -1),
        TypeKind.Bytes => new(name, "bytea", "bytea", -1),
        TypeKind.Date => new(name, "date", "date", -1),
        TypeKind.Time => new(name, "time", "time", -1),
        TypeKind.Timestamp => new(name, "timestamp", "timestamp", -1),
        TypeKind.TimestampTz => new(name, "timestamptz", "timestamptz", -1),
        TypeKind.Array when Natural(name, ((ArrayType)type).Element) is { Element: null } element && OidOf(element.Type) is { } oid =>
            new(name, element.Shown + "[]", "_" + element.Type, -1) { Element = element.Type, ElementOid = oid },
        TypeKind.Array => new(name, "json", "json", -1),
        _ => new(name, "text", "text", -1),
    };

    /// <summary>The encoder into a natural column.</summary>
    public static PgEncoder OfNatural(DataType type, PgColumn natural, Strictness strictness) => Find(type, natural, strictness) ?? new PgNestedEncoder(null);

    private static PgEncoder? Whole<T>(PgColumn to, Strictness strictness) where T : unmanaged, System.Numerics.IBinaryInteger<T> => to.Type switch
    {
        "int2" => new PgFixedEncoder<T, short, PgWire.Whole<T, short>>(strictness, to.Shown),
        "int4" => new PgFixedEncoder<T, int, PgWire.Whole<T, int>>(strictness, to.Shown),
        "int8" => new PgFixedEncoder<T, long, PgWire.Whole<T, long>>(strictness, to.Shown),
        "numeric" => Numeric(to, strictness),
        _ => null,
    };

    private static PgNumericEncoder Numeric(PgColumn to, Strictness strictness)
    {
        if (to.Mod < ModHead) return new PgNumericEncoder(strictness, 0, 0);
        var scale = (((to.Mod - ModHead) & 0x7FF) ^ 0x400) - 0x400;
        // Rounding before the point is left to the server, which does it with every number.
        return scale < 0 ? new PgNumericEncoder(strictness, 0, 0) : new PgNumericEncoder(strictness, ((to.Mod - ModHead) >> 16) & 0xFFFF, scale);
    }

    private static PgTextEncoder? Text(PgColumn to, Strictness strictness) => to.Type switch
    {
        "text" or "varchar" or "bpchar" or "json" or "xml" or "citext" => new PgTextEncoder(strictness, null, isText: true),
        "jsonb" => new PgTextEncoder(strictness, JsonbVersion, isText: true),
        _ when to.IsEnum => new PgTextEncoder(strictness, null, isText: true),
        _ => null,
    };

    /// <summary>The numbers of the built-in types, which never change.</summary>
    private static uint? OidOf(string type) => type switch
    {
        "bool" => 16,
        "bytea" => 17,
        "int8" => 20,
        "int2" => 21,
        "int4" => 23,
        "text" => 25,
        "float4" => 700,
        "float8" => 701,
        "date" => 1082,
        "time" => 1083,
        "timestamp" => 1114,
        "timestamptz" => 1184,
        "numeric" => 1700,
        _ => null,
    };
}
