namespace Chunnel.Core;

/// <summary>The type of a column's values. Types compare by value.</summary>
public abstract record DataType(TypeKind Kind)
{
    public static readonly DataType Null = new BasicType(TypeKind.Null);
    public static readonly DataType Boolean = new BasicType(TypeKind.Boolean);
    public static readonly DataType TinyInt = new BasicType(TypeKind.TinyInt);
    public static readonly DataType SmallInt = new BasicType(TypeKind.SmallInt);
    public static readonly DataType Int = new BasicType(TypeKind.Int);
    public static readonly DataType BigInt = new BasicType(TypeKind.BigInt);
    public static readonly DataType Float = new BasicType(TypeKind.Float);
    public static readonly DataType Double = new BasicType(TypeKind.Double);
    public static readonly DataType String = new BasicType(TypeKind.String);
    public static readonly DataType Bytes = new BasicType(TypeKind.Bytes);
    public static readonly DataType Date = new BasicType(TypeKind.Date);
    public static readonly DataType Time = new BasicType(TypeKind.Time);
    public static readonly DataType Timestamp = new BasicType(TypeKind.Timestamp);
    public static readonly DataType TimestampTz = new BasicType(TypeKind.TimestampTz);

    public static DecimalType Decimal(int precision, int scale) => new(precision, scale);

    public static ArrayType Array(DataType element) => new(element);

    public static MapType Map(DataType key, DataType value) => new(key, value);

    public static RowType Row(params IReadOnlyList<RowField> fields) => new(fields);

    /// <summary>A vector type; dimension 0 means that each value has its own.</summary>
    public static VectorType Vector(TypeKind kind, int dimension = 0) => new(kind, dimension);

    public bool IsInteger => Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Int or TypeKind.BigInt;

    public bool IsNumeric => IsInteger || Kind is TypeKind.Float or TypeKind.Double or TypeKind.Decimal;

    public bool IsNested => Kind is TypeKind.Array or TypeKind.Map or TypeKind.Row;

    public bool IsVector => Kind >= TypeKind.BinaryVector;

    /// <summary>The type as a job file's schema writes it, e.g. <c>decimal(10, 2)</c> or <c>array&lt;string&gt;</c>.</summary>
    public abstract override string ToString();
}

/// <summary>A type without parameters. Use the constants on <see cref="DataType"/>.</summary>
public sealed record BasicType : DataType
{
    internal BasicType(TypeKind kind) : base(kind) { }

    public override string ToString() => Kind switch
    {
        TypeKind.TimestampTz => "timestamp_tz",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>An exact number of <paramref name="Precision"/> digits (1..38), <paramref name="Scale"/> of them after the point.</summary>
public sealed record DecimalType(int Precision, int Scale) : DataType(TypeKind.Decimal)
{
    public const int MaxPrecision = 38;

    public override string ToString() => $"decimal({Precision}, {Scale})";
}

public sealed record ArrayType(DataType Element) : DataType(TypeKind.Array)
{
    public override string ToString() => $"array<{Element}>";
}

public sealed record MapType(DataType Key, DataType Value) : DataType(TypeKind.Map)
{
    public override string ToString() => $"map<{Key}, {Value}>";
}

public sealed record RowField(string Name, DataType Type);

public sealed record RowType(IReadOnlyList<RowField> Fields) : DataType(TypeKind.Row)
{
    public bool Equals(RowType? other) => other is not null && Fields.SequenceEqual(other.Fields);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var field in Fields) hash.Add(field);
        return hash.ToHashCode();
    }

    public override string ToString() => $"row<{string.Join(", ", Fields.Select(field => $"{field.Name} {field.Type}"))}>";
}

/// <summary>
/// A vector. Its values live in a <see cref="TextColumn"/> as bytes: binary as they are; float as little-endian IEEE 32;
/// float16 and bfloat16 as little-endian 16-bit patterns; sparse as pairs of little-endian int32 index and IEEE 32 value.
/// </summary>
public sealed record VectorType : DataType
{
    internal VectorType(TypeKind kind, int dimension) : base(kind) => Dimension = dimension;

    /// <summary>Number of elements (bits for a binary vector); 0 when each value has its own.</summary>
    public int Dimension { get; }

    public override string ToString() => Kind switch
    {
        TypeKind.BinaryVector => "binary_vector",
        TypeKind.FloatVector => "float_vector",
        TypeKind.Float16Vector => "float16_vector",
        TypeKind.BFloat16Vector => "bfloat16_vector",
        _ => "sparse_float_vector",
    };
}
