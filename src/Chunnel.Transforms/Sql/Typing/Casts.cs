using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Functions.Times;
using Chunnel.Transforms.Sql.Operations.Casts;
using Chunnel.Transforms.Sql.Operations.Numbers;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>CAST and TRY_CAST (spec transforms.md 5.5). TRY_CAST makes a null of what CAST fails.</summary>
internal sealed class Casts(NodeFactory nodes)
{
    /// <summary>The types that CAST knows, for people.</summary>
    public const string Names = "STRING, INT, BIGINT, SMALLINT, TINYINT, DOUBLE, FLOAT, DECIMAL(p, s), BOOLEAN, BYTES, DATE, TIME, TIMESTAMP and TIMESTAMP_TZ";

    /// <summary>The type that a query names, or null after saying what is wrong with the name.</summary>
    public static DataType? TypeOf(TypeSyntax syntax, SqlProblems problems)
    {
        DataType? type = syntax.Name.ToUpperInvariant() switch
        {
            "STRING" or "VARCHAR" or "CHAR" or "TEXT" => DataType.String,
            "INT" or "INTEGER" => DataType.Int,
            "BIGINT" or "LONG" => DataType.BigInt,
            "SMALLINT" => DataType.SmallInt,
            "TINYINT" or "BYTE" => DataType.TinyInt,
            "DOUBLE" => DataType.Double,
            "FLOAT" => DataType.Float,
            "BOOLEAN" => DataType.Boolean,
            "BYTES" or "BINARY" => DataType.Bytes,
            "DATE" => DataType.Date,
            "TIME" => DataType.Time,
            "TIMESTAMP" or "DATETIME" => DataType.Timestamp,
            "TIMESTAMP_TZ" or "TIMESTAMPTZ" => DataType.TimestampTz,
            "DECIMAL" or "NUMERIC" => DecimalOf(syntax, problems),
            _ => null,
        };
        if (type is null && !syntax.Name.Equals("DECIMAL", StringComparison.OrdinalIgnoreCase) && !syntax.Name.Equals("NUMERIC", StringComparison.OrdinalIgnoreCase))
            problems.Unsupported(syntax.Where, $"Unsupported CAST AS type: {syntax.Name}", $"The types are {Names}.");
        return type;
    }

    /// <summary>The value in another type, or null where there is no way.</summary>
    public Node? Cast(Node node, DataType type, bool attempt, Syntax syntax)
    {
        if (node.Type == type) return node;
        if (node.Type.Kind == TypeKind.Null) return nodes.Null(type, syntax);
        return type.Kind switch
        {
            TypeKind.String => ToText(node, syntax),
            TypeKind.Bytes => Step("bytes", type, ToText(node, syntax), attempt, syntax, made => new ToBytes(made.Operands[0]) { Target = made.Target }, canFail: false),
            TypeKind.TinyInt => ToInteger<sbyte>(node, type, attempt, syntax),
            TypeKind.SmallInt => ToInteger<short>(node, type, attempt, syntax),
            TypeKind.Int => ToInteger<int>(node, type, attempt, syntax),
            TypeKind.BigInt => ToInteger<long>(node, type, attempt, syntax),
            TypeKind.Double => ToDouble(node, attempt, syntax),
            TypeKind.Float => ToFloat(node, attempt, syntax),
            TypeKind.Decimal => ToDecimal(node, (DecimalType)type, attempt, syntax),
            TypeKind.Boolean => ToBoolean(node, attempt, syntax),
            TypeKind.Date => ToDate(node, attempt, syntax),
            TypeKind.Time => ToTime(node, attempt, syntax),
            TypeKind.TimestampTz => ToInstant(node, attempt, syntax),
            _ => ToTimestamp(node, attempt, syntax),
        };
    }

    /// <summary>The text of a value of any type.</summary>
    public Node ToText(Node node, Syntax syntax) => node.Type.Kind switch
    {
        TypeKind.String => node,
        TypeKind.Null => nodes.Null(DataType.String, syntax),
        _ => nodes.Call("text", DataType.String, syntax, [node], made => new ToText(made.Operands[0]) { Target = made.Target }),
    };

    private static DecimalType? DecimalOf(TypeSyntax syntax, SqlProblems problems)
    {
        if (syntax.Numbers.Count is 1 or 2 && syntax.Numbers[0] is >= 1 and <= DecimalType.MaxPrecision)
        {
            var scale = syntax.Numbers.Count == 2 ? syntax.Numbers[1] : 0;
            if (scale <= syntax.Numbers[0]) return DataType.Decimal(syntax.Numbers[0], scale);
        }
        problems.Unsupported(syntax.Where, $"Unsupported CAST AS type: {syntax}", $"Write DECIMAL(p, s) with p from 1 to {DecimalType.MaxPrecision} and s not above p.");
        return null;
    }

    private Node? ToInteger<T>(Node node, DataType type, bool attempt, Syntax syntax) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Func<Emission, Operation>? make = node.Type.Kind switch
        {
            TypeKind.String => made => new ParseText<IntegerParser<T>, T>(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target },
            TypeKind.TinyInt => made => new ToInteger<WholeInteger<sbyte>, sbyte, T>(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target },
            TypeKind.SmallInt => made => new ToInteger<WholeInteger<short>, short, T>(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target },
            TypeKind.Int => made => new ToInteger<WholeInteger<int>, int, T>(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target },
            TypeKind.BigInt => made => new ToInteger<WholeInteger<long>, long, T>(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target },
            TypeKind.Double => made => new ToInteger<WholeDouble, double, T>(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target },
            TypeKind.Decimal => made => new DecimalToInteger<T>(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target },
            _ => null,
        };
        if (node.Type.Kind == TypeKind.Float) return ToInteger<T>(new Numbers(nodes).ToDouble(node), type, attempt, syntax);
        var widens = node.Type.IsInteger && node.Type.Kind < type.Kind;
        return widens ? new Numbers(nodes).ToInteger(node, type) : make is null ? null : Step("integer", type, node, attempt, syntax, make);
    }

    private Node? ToDouble(Node node, bool attempt, Syntax syntax)
    {
        if (node.Type.IsNumeric) return new Numbers(nodes).ToDouble(node);
        return node.Type.Kind != TypeKind.String ? null : Step("double", DataType.Double, node, attempt, syntax,
            made => new ParseText<DoubleParser, double>(made.Operands[0], DataType.Double, made.Guard, made.Where) { Target = made.Target });
    }

    private Node? ToFloat(Node node, bool attempt, Syntax syntax)
    {
        if (node.Type.IsNumeric)
            return nodes.Call("float", DataType.Float, syntax, [new Numbers(nodes).ToDouble(node)], made => new Conversion<double, float>(made.Operands[0], DataType.Float) { Target = made.Target });
        return node.Type.Kind != TypeKind.String ? null : Step("float", DataType.Float, node, attempt, syntax,
            made => new ParseText<FloatParser, float>(made.Operands[0], DataType.Float, made.Guard, made.Where) { Target = made.Target });
    }

    private Node? ToDecimal(Node node, DecimalType type, bool attempt, Syntax syntax)
    {
        if (node.Type.Kind == TypeKind.String)
            return Step("decimal", type, node, attempt, syntax, made => new ParseDecimal(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target });
        if (!node.Type.IsNumeric) return null;
        var numbers = new Numbers(nodes);
        if (NumberTypes.IsFloating(node.Type) && node is not ConstantNode { Digits: not null })
        {
            return Step("decimal", type, numbers.ToDouble(node), attempt, syntax,
                made => new DoubleToDecimal(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target });
        }
        return Step("rescale", type, numbers.ToExact(node), attempt, syntax,
            made => new DecimalRescale(made.Operands[0], type, DecimalRounding.HalfUp, checkPrecision: true, made.Guard, made.Where) { Target = made.Target });
    }

    private Node? ToBoolean(Node node, bool attempt, Syntax syntax)
    {
        Func<Emission, Operation>? make = node.Type.Kind switch
        {
            TypeKind.String => made => new ParseBoolean(made.Operands[0], made.Guard, made.Where) { Target = made.Target },
            TypeKind.TinyInt => made => new ToBoolean<sbyte>(made.Operands[0], made.Guard, made.Where) { Target = made.Target },
            TypeKind.SmallInt => made => new ToBoolean<short>(made.Operands[0], made.Guard, made.Where) { Target = made.Target },
            TypeKind.Int => made => new ToBoolean<int>(made.Operands[0], made.Guard, made.Where) { Target = made.Target },
            TypeKind.BigInt => made => new ToBoolean<long>(made.Operands[0], made.Guard, made.Where) { Target = made.Target },
            _ => null,
        };
        return make is null ? null : Step("boolean", DataType.Boolean, node, attempt, syntax, make);
    }

    private Node? ToDate(Node node, bool attempt, Syntax syntax) => node.Type.Kind switch
    {
        TypeKind.TimestampTz => ToDate(ToTimestamp(node, attempt, syntax)!, attempt, syntax),
        TypeKind.Timestamp => Step("date", DataType.Date, node, attempt, syntax, made => new TimestampToDate(made) { Target = made.Target }),
        TypeKind.Int => Step("date", DataType.Date, node, attempt, syntax, made => new DigitsToDate(made) { Target = made.Target }),
        TypeKind.String => Step("date", DataType.Date, node, attempt, syntax,
            made => new ParseText<DateParser, int>(made.Operands[0], DataType.Date, made.Guard, made.Where) { Target = made.Target }),
        _ => null,
    };

    private Node? ToTime(Node node, bool attempt, Syntax syntax) => node.Type.Kind switch
    {
        TypeKind.TimestampTz => ToTime(ToTimestamp(node, attempt, syntax)!, attempt, syntax),
        TypeKind.Timestamp => Step("time", DataType.Time, node, attempt, syntax, made => new TimestampToTime(made) { Target = made.Target }),
        TypeKind.Date => Step("time", DataType.Time, node, attempt, syntax, made => new DateToTime(made) { Target = made.Target }, canFail: false),
        TypeKind.Int => Step("time", DataType.Time, node, attempt, syntax, made => new DigitsToTime(made) { Target = made.Target }),
        TypeKind.String => Step("time", DataType.Time, node, attempt, syntax,
            made => new ParseText<TimeParser, long>(made.Operands[0], DataType.Time, made.Guard, made.Where) { Target = made.Target }),
        _ => null,
    };

    private Node? ToTimestamp(Node node, bool attempt, Syntax syntax) => node.Type.Kind switch
    {
        TypeKind.Date => Step("timestamp", DataType.Timestamp, node, attempt, syntax, made => new DateToTimestamp(made) { Target = made.Target }),
        TypeKind.BigInt => Step("timestamp", DataType.Timestamp, node, attempt, syntax,
            made => new EpochMillisToTimestamp(made, TimeZoneInfo.Local) { Target = made.Target }),
        TypeKind.Time => nodes.Call("on-date", DataType.Timestamp, syntax,
            [node, NodeFactory.OfNow("now-date", DataType.Date, syntax, [], made => new Now(made) { Target = made.Target })], made => new OnDate(made) { Target = made.Target }),
        TypeKind.TimestampTz => nodes.Call("local-time", DataType.Timestamp, syntax, [node], made => new LocalTime(made) { Target = made.Target }),
        TypeKind.String => Step("timestamp", DataType.Timestamp, node, attempt, syntax, made => new ParseTimestamp(made.Operands[0], DataType.Timestamp, made.Guard, made.Where) { Target = made.Target }),
        _ => null,
    };

    /// <summary>A timestamp as an instant in a zone; null for what is no timestamp.</summary>
    public Node? AtZone(Node node, TimeZoneInfo zone, Syntax syntax) => node.Type.Kind is TypeKind.Timestamp or TypeKind.TimestampTz
        ? nodes.Call($"at-zone-{zone.Id}", DataType.TimestampTz, syntax, [node], made => new AtZone(made, zone) { Target = made.Target })
        : null;

    /// <summary>Local timestamps are at the process's zone; a text without an offset is one of UTC.</summary>
    private Node? ToInstant(Node node, bool attempt, Syntax syntax) => node.Type.Kind switch
    {
        TypeKind.Timestamp => AtZone(node, TimeZoneInfo.Local, syntax),
        TypeKind.String => Step("instant", DataType.TimestampTz, node, attempt, syntax, made => new ParseTimestamp(made.Operands[0], DataType.TimestampTz, made.Guard, made.Where) { Target = made.Target }),
        TypeKind.Date or TypeKind.BigInt => ToInstant(ToTimestamp(node, attempt, syntax)!, attempt, syntax),
        _ => null,
    };

    private Node Step(string name, DataType type, Node node, bool attempt, Syntax syntax, Func<Emission, Operation> make, bool canFail = true) => attempt && canFail
        ? nodes.Call("try-" + name, type, syntax, [node], made => new Attempt(make(made)) { Target = made.Target })
        : nodes.Call(name, type, syntax, [node], make, canFail);
}
