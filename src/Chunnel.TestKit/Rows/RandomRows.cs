using System.Text;
using Chunnel.Core;

namespace Chunnel.TestKit;

/// <summary>
/// Schemas and rows by chance, from a seed: every type, nulls, empty and long values, text outside ASCII, the ends of each range. The
/// same seed gives the same rows, so a test names its seed when it fails.
/// </summary>
public sealed class RandomRows(int seed)
{
    private static readonly TypeKind[] Basic =
    [
        TypeKind.Boolean, TypeKind.TinyInt, TypeKind.SmallInt, TypeKind.Int, TypeKind.BigInt, TypeKind.Float, TypeKind.Double, TypeKind.Decimal,
        TypeKind.String, TypeKind.Bytes, TypeKind.Date, TypeKind.Time, TypeKind.Timestamp, TypeKind.TimestampTz,
    ];

    private static readonly TypeKind[] Vectors =
        [TypeKind.BinaryVector, TypeKind.FloatVector, TypeKind.Float16Vector, TypeKind.BFloat16Vector, TypeKind.SparseFloatVector];

    private static readonly string[] Pieces = ["a", "Z", " ", "\"", ",", "\n", "\\", "\t", "ä", "ß", "中", "文", "🙂", "'", "0", "line\r\nbreak", "\u0001"];

    private readonly Random _dice = new(seed);

    /// <summary>Keeps timestamps within the years 1 to 9999 and without sides, decimals at their scale: what most outside formats carry.</summary>
    public bool Plain { get; init; }

    /// <summary>A table of one to so many columns of any type.</summary>
    public TableSchema Schema(int mostColumns = 8, bool vectors = true, bool nulls = true) =>
        new(new TablePath(null, null, "chance"), [.. Enumerable.Range(0, _dice.Next(1, mostColumns + 1)).Select(i => new ColumnDef($"c{i}", Type(2, vectors, nulls)))]);

    /// <summary>A table with a column of each kind, nested ones of many shapes.</summary>
    public static TableSchema EveryType(bool nulls = true)
    {
        var basic = Basic.Select(kind => kind == TypeKind.Decimal ? DataType.Decimal(38, 18) : Simple(kind)).ToList();
        List<DataType> types =
        [
            .. basic, DataType.Decimal(9, 2), DataType.Decimal(18, 0), DataType.Decimal(38, 38),
            .. basic.Select(DataType.Array), DataType.Array(DataType.Array(DataType.Int)),
            DataType.Map(DataType.String, DataType.Int), DataType.Map(DataType.BigInt, DataType.Map(DataType.String, DataType.Decimal(10, 2))),
            DataType.Map(DataType.String, DataType.Array(DataType.Timestamp)),
            DataType.Row(new RowField("a", DataType.Int), new RowField("b", DataType.String)),
            DataType.Row(new RowField("x", DataType.Row(new RowField("y", DataType.Array(DataType.Double)), new RowField("z", DataType.TimestampTz)))),
            DataType.Array(DataType.Row(new RowField("k", DataType.Date), new RowField("v", DataType.Bytes))),
            .. Vectors.Select(kind => DataType.Vector(kind)), DataType.Vector(TypeKind.FloatVector, 3), DataType.Vector(TypeKind.BinaryVector, 16),
        ];
        if (nulls) types.Add(DataType.Null);
        return new TableSchema(new TablePath(null, null, "every"), [.. types.Select((type, i) => new ColumnDef($"c{i}", type))]);
    }

    /// <summary>So many rows for a schema, now and then with kinds other than insert.</summary>
    public IReadOnlyList<BoxedRow> Rows(TableSchema schema, int count, bool kinds = false)
    {
        // Whether a column has nulls at all is one throw, so that columns without any come up too.
        var nullShare = schema.Columns.Select(_ => _dice.Next(3) switch { 0 => 0.0, 1 => 0.1, _ => 0.6 }).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => new BoxedRow(
            kinds ? (RowKind)_dice.Next(4) : RowKind.Insert,
            [.. schema.Columns.Select((column, i) => _dice.NextDouble() < nullShare[i] ? null : Value(column.Type))]))];
    }

    /// <summary>A value of the type; null only for type null and inside nested values.</summary>
    public object? Value(DataType type) => type.Kind switch
    {
        TypeKind.Null => null,
        TypeKind.Boolean => _dice.Next(2) == 1,
        TypeKind.TinyInt => (sbyte)Long(sbyte.MinValue, sbyte.MaxValue),
        TypeKind.SmallInt => (short)Long(short.MinValue, short.MaxValue),
        TypeKind.Int => (int)Long(int.MinValue, int.MaxValue),
        TypeKind.BigInt => Long(long.MinValue, long.MaxValue),
        TypeKind.Float => Float(),
        TypeKind.Double => Double(),
        TypeKind.Decimal => Decimal((DecimalType)type),
        TypeKind.String => Text(),
        TypeKind.Bytes => new BoxedBytes(Bytes(_dice.Next(9))),
        TypeKind.Date => new BoxedDate((int)(Plain ? Long(-719_162, 2_932_896) : Long(int.MinValue / 2, int.MaxValue / 2))),
        TypeKind.Time => new BoxedTime(Long(0, CivilTime.NanosPerDay - 1)),
        TypeKind.Timestamp => Moment(0),
        TypeKind.TimestampTz => Moment(Plain ? 0 : _dice.Next(-1080, 1081)),
        TypeKind.Array => new BoxedList([.. Enumerable.Range(0, _dice.Next(5)).Select(_ => OrNull(((ArrayType)type).Element))]),
        TypeKind.Map => Map((MapType)type),
        TypeKind.Row => new BoxedList([.. ((RowType)type).Fields.Select(field => OrNull(field.Type))]),
        _ => Vector((VectorType)type),
    };

    private DataType Type(int depth, bool vectors, bool nulls)
    {
        var choice = _dice.Next(20);
        if (depth > 0 && choice < 2) return DataType.Array(Type(depth - 1, vectors: false, nulls: false));
        if (depth > 0 && choice == 2) return DataType.Map(Key(), Type(depth - 1, vectors: false, nulls: false));
        if (depth > 0 && choice == 3) return DataType.Row([.. Enumerable.Range(0, _dice.Next(1, 4)).Select(i => new RowField($"f{i}", Type(depth - 1, vectors: false, nulls: false)))]);
        if (vectors && choice == 4) return DataType.Vector(Vectors[_dice.Next(Vectors.Length)], _dice.Next(2) * 8);
        if (nulls && choice == 5) return DataType.Null;
        var kind = Basic[_dice.Next(Basic.Length)];
        if (kind != TypeKind.Decimal) return Simple(kind);
        var precision = _dice.Next(1, 39);
        return DataType.Decimal(precision, _dice.Next(0, precision + 1));
    }

    private DataType Key() => _dice.Next(3) switch { 0 => DataType.String, 1 => DataType.Int, _ => DataType.Date };

    private static DataType Simple(TypeKind kind) => kind switch
    {
        TypeKind.Boolean => DataType.Boolean,
        TypeKind.TinyInt => DataType.TinyInt,
        TypeKind.SmallInt => DataType.SmallInt,
        TypeKind.Int => DataType.Int,
        TypeKind.BigInt => DataType.BigInt,
        TypeKind.Float => DataType.Float,
        TypeKind.Double => DataType.Double,
        TypeKind.String => DataType.String,
        TypeKind.Bytes => DataType.Bytes,
        TypeKind.Date => DataType.Date,
        TypeKind.Time => DataType.Time,
        TypeKind.Timestamp => DataType.Timestamp,
        _ => DataType.TimestampTz,
    };

    private object? OrNull(DataType type) => _dice.Next(5) == 0 ? null : Value(type);

    private BoxedMap Map(MapType type)
    {
        var pairs = new Dictionary<object, object?>();
        for (var i = _dice.Next(5); i > 0; i--) pairs.TryAdd(Value(type.Key)!, OrNull(type.Value));
        return new BoxedMap([.. pairs]);
    }

    /// <summary>Often small, sometimes an end of the range.</summary>
    private long Long(long least, long most) => _dice.Next(10) switch
    {
        0 => least,
        1 => most,
        2 or 3 or 4 => Math.Clamp(_dice.Next(-100, 101), least, most),
        _ => _dice.NextInt64(least, most),
    };

    private float Float() => _dice.Next(8) switch
    {
        0 => float.NaN,
        1 => -0f,
        2 => float.PositiveInfinity,
        3 => float.MaxValue,
        _ => (float)((_dice.NextDouble() - 0.5) * Math.Pow(10, _dice.Next(-20, 20))),
    };

    private double Double() => _dice.Next(8) switch
    {
        0 => double.NaN,
        1 => -0d,
        2 => double.NegativeInfinity,
        3 => double.Epsilon,
        4 => _dice.Next(-100_000, 100_000) / 100.0,
        _ => (_dice.NextDouble() - 0.5) * Math.Pow(10, _dice.Next(-200, 200)),
    };

    private BoxedDecimal Decimal(DecimalType type)
    {
        var digits = _dice.Next(1, type.Precision + 1);
        Int128 value = 0;
        for (var i = 0; i < digits; i++) value = value * 10 + _dice.Next(10);
        if (_dice.Next(2) == 1) value = -value;
        var shown = type.Scale;
        if (!Plain && _dice.Next(4) == 0)
        {
            while (shown > 0 && value % 10 == 0 && _dice.Next(3) > 0)
            {
                // The value ends in a zero that need not be shown.
                value /= 10;
                shown--;
            }
            for (var i = shown; i < type.Scale; i++) value *= 10;
        }
        return new BoxedDecimal(value, type.Scale, shown);
    }

    private string Text()
    {
        var text = new StringBuilder();
        var pieces = _dice.Next(20) == 0 ? 200 : _dice.Next(6);
        for (var i = 0; i < pieces; i++) text.Append(Pieces[_dice.Next(_dice.Next(2) == 0 ? 2 : Pieces.Length)]);
        return text.ToString();
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _dice.NextBytes(bytes);
        return bytes;
    }

    private BoxedTimestamp Moment(int offset)
    {
        const long yearOne = -62_135_596_800_000_000;
        const long yearTenThousand = 253_402_300_800_000_000;
        if (Plain) return new BoxedTimestamp(_dice.NextInt64(yearOne, yearTenThousand));
        return _dice.Next(12) switch
        {
            0 => new BoxedTimestamp(TimestampColumn.PositiveInfinity),
            1 => new BoxedTimestamp(TimestampColumn.NegativeInfinity),
            2 or 3 => new BoxedTimestamp(_dice.NextInt64(yearOne, yearTenThousand), _dice.Next(1000), offset),
            4 => new BoxedTimestamp(_dice.NextInt64(long.MinValue / 2, long.MaxValue / 2), 0, offset),
            _ => new BoxedTimestamp(_dice.NextInt64(yearOne, yearTenThousand), 0, offset),
        };
    }

    private BoxedBytes Vector(VectorType type)
    {
        var width = VectorValues.ElementBytes(type.Kind);
        var elements = type.Dimension == 0 || type.Kind == TypeKind.SparseFloatVector ? _dice.Next(1, 9) : type.Kind == TypeKind.BinaryVector ? (type.Dimension + 7) / 8 : type.Dimension;
        if (type.Kind == TypeKind.BinaryVector) return new BoxedBytes(Bytes(elements));
        var bytes = new byte[elements * width];
        for (var i = 0; i < elements; i++)
        {
            var number = _dice.Next(-64, 65) / 8f;
            var at = bytes.AsSpan(i * width);
            if (type.Kind == TypeKind.SparseFloatVector)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(at, i * 3 + 1);
                VectorValues.Write(at[4..], number, sizeof(float));
            }
            else VectorValues.Write(at, number, VectorValues.WidthOf(type.Kind));
        }
        return new BoxedBytes(bytes);
    }
}
