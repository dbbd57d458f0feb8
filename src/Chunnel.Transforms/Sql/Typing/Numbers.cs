using System.Diagnostics;
using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Numbers;
using Chunnel.Transforms.Sql.Operations.Casts;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Numbers;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Arithmetic and changes between types of numbers.</summary>
internal sealed class Numbers(NodeFactory nodes)
{
    /// <summary>Every bigint fits in.</summary>
    private static readonly DecimalType WholeNumber = DataType.Decimal(19, 0);

    /// <summary>What a double is held at next to an exact number: as many digits behind the point as it has in all.</summary>
    private static readonly DecimalType FineNumber = DataType.Decimal(DecimalType.MaxPrecision, 17);

    /// <summary>The node for <c>left sign right</c>, or null where there is no such arithmetic.</summary>
    public Node? Arithmetic(BinarySign sign, Node left, Node right, Syntax syntax)
    {
        (left, right) = (Typed(left, right.Type), Typed(right, left.Type));
        return NumberTypes.OfArithmetic(left.Type, right.Type) switch
        {
            null => null,
            DecimalType type => OfDecimals(sign, ToExact(left), ToExact(right), type, syntax),
            { Kind: TypeKind.Double } => OfDoubles(sign, ToDouble(left), ToDouble(right), syntax),
            { Kind: TypeKind.BigInt } => OfIntegers<long>(sign, ToInteger(left, DataType.BigInt), ToInteger(right, DataType.BigInt), syntax),
            _ => OfIntegers<int>(sign, ToInteger(left, DataType.Int), ToInteger(right, DataType.Int), syntax),
        };
    }

    /// <summary>The number with the other sign, or null where there is none.</summary>
    public Node? Negate(Node operand, Syntax syntax)
    {
        if (operand.Type.Kind == TypeKind.Null) return operand;
        Func<Operand, int, Operation>? make = operand.Type.Kind switch
        {
            TypeKind.TinyInt => (value, target) => new Negation<sbyte>(value) { Target = target },
            TypeKind.SmallInt => (value, target) => new Negation<short>(value) { Target = target },
            TypeKind.Int => (value, target) => new Negation<int>(value) { Target = target },
            TypeKind.BigInt => (value, target) => new Negation<long>(value) { Target = target },
            TypeKind.Float => (value, target) => new Negation<float>(value) { Target = target },
            TypeKind.Double => (value, target) => new Negation<double>(value) { Target = target },
            TypeKind.Decimal => (value, target) => new DecimalNegation(value) { Target = target },
            _ => null,
        };
        return make is null ? null : nodes.Call("negate", operand.Type, syntax, [operand], made => make(made.Operands[0], made.Target));
    }

    /// <summary>A null without a type takes the given one, if that is a number's.</summary>
    public Node Typed(Node node, DataType type) =>
        node.Type.Kind != TypeKind.Null ? node : nodes.Null(type.IsNumeric ? type : DataType.Int, node.Syntax);

    /// <summary>The number in a type that can hold it; digits are only lost towards floating point.</summary>
    public Node To(Node node, DataType type) => type.Kind switch
    {
        _ when node.Type == type => node,
        _ when node.Type.Kind == TypeKind.Null => nodes.Null(type, node.Syntax),
        TypeKind.Double => ToDouble(node),
        TypeKind.Decimal => ToDecimal(node, (DecimalType)type),
        _ => ToInteger(node, type),
    };

    public Node ToDouble(Node node) => node.Type.Kind switch
    {
        TypeKind.Double => node,
        TypeKind.TinyInt => Convert<sbyte, double>(node, DataType.Double),
        TypeKind.SmallInt => Convert<short, double>(node, DataType.Double),
        TypeKind.Int => Convert<int, double>(node, DataType.Double),
        TypeKind.BigInt => Convert<long, double>(node, DataType.Double),
        TypeKind.Float => Convert<float, double>(node, DataType.Double),
        TypeKind.Decimal => nodes.Call("double", DataType.Double, node.Syntax, [node], made => new DecimalToDouble(made.Operands[0]) { Target = made.Target }),
        _ => throw new UnreachableException($"{node.Type} is no number."),
    };

    /// <summary>An integer in a type that is as wide or wider.</summary>
    public Node ToInteger(Node node, DataType type) => (node.Type.Kind, type.Kind) switch
    {
        var (from, to) when from == to => node,
        (TypeKind.TinyInt, TypeKind.SmallInt) => Convert<sbyte, short>(node, type),
        (TypeKind.TinyInt, TypeKind.Int) => Convert<sbyte, int>(node, type),
        (TypeKind.TinyInt, TypeKind.BigInt) => Convert<sbyte, long>(node, type),
        (TypeKind.SmallInt, TypeKind.Int) => Convert<short, int>(node, type),
        (TypeKind.SmallInt, TypeKind.BigInt) => Convert<short, long>(node, type),
        (TypeKind.Int, TypeKind.BigInt) => Convert<int, long>(node, type),
        _ => throw new UnreachableException($"{node.Type} is not narrower than {type}."),
    };

    /// <summary>The number as an exact one of its own scale; a literal by its digits.</summary>
    public Node ToExact(Node node)
    {
        if (node.Type.Kind == TypeKind.Decimal) return node;
        if (node is ConstantNode { Digits: { } digits } && ExactNumber.TryRead(digits, out var unscaled, out var type))
            return nodes.Literal($"decimal:{digits}", () => Constants.OfDecimal(type, unscaled), node.Syntax);
        return ToDecimal(node, node.Type.IsInteger ? WholeNumber : FineNumber);
    }

    public Node ToDecimal(Node node, DecimalType type) => node.Type.Kind switch
    {
        TypeKind.Decimal => node.Type == type ? node : nodes.Call("decimal", type, node.Syntax, [node],
            made => new DecimalRescale(made.Operands[0], type, DecimalRounding.HalfUp, checkPrecision: false, made.Guard, made.Where) { Target = made.Target }, canFail: true),
        TypeKind.TinyInt => FromInteger<sbyte>(node, type),
        TypeKind.SmallInt => FromInteger<short>(node, type),
        TypeKind.Int => FromInteger<int>(node, type),
        TypeKind.BigInt => FromInteger<long>(node, type),
        TypeKind.Float or TypeKind.Double => nodes.Call("decimal", type, node.Syntax, [ToDouble(node)],
            made => new DoubleToDecimal(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target }, canFail: true),
        _ => throw new UnreachableException($"{node.Type} is no number."),
    };

    private Node FromInteger<T>(Node node, DecimalType type) where T : unmanaged, IBinaryInteger<T> =>
        nodes.Call("decimal", type, node.Syntax, [node], made => new IntegerToDecimal<T>(made.Operands[0], type, made.Guard, made.Where) { Target = made.Target },
            canFail: type.Scale > DecimalType.MaxPrecision - WholeNumber.Precision);

    private Node Convert<TFrom, TTo>(Node node, DataType type) where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged, INumber<TTo> =>
        nodes.Call("convert", type, node.Syntax, [node], made => new Conversion<TFrom, TTo>(made.Operands[0], type) { Target = made.Target });

    private Node OfDecimals(BinarySign sign, Node left, Node right, DecimalType type, Syntax syntax) =>
        nodes.Call(sign.ToText(), type, syntax, [left, right],
            made => new DecimalArithmetic(made.Operands[0], made.Operands[1], sign, type, made.Guard, made.Where) { Target = made.Target }, canFail: true);

    private Node OfDoubles(BinarySign sign, Node left, Node right, Syntax syntax) => sign switch
    {
        BinarySign.Add => Map<Add<double>, double>(sign, left, right, syntax),
        BinarySign.Subtract => Map<Subtract<double>, double>(sign, left, right, syntax),
        BinarySign.Multiply => Map<Multiply<double>, double>(sign, left, right, syntax),
        BinarySign.Divide => Map<Divide<double>, double>(sign, left, right, syntax),
        _ => Map<Remainder, double>(sign, left, right, syntax),
    };

    private Node OfIntegers<T>(BinarySign sign, Node left, Node right, Syntax syntax) where T : unmanaged, IBinaryInteger<T> => sign switch
    {
        BinarySign.Add => Map<Add<T>, T>(sign, left, right, syntax),
        BinarySign.Subtract => Map<Subtract<T>, T>(sign, left, right, syntax),
        BinarySign.Multiply => Map<Multiply<T>, T>(sign, left, right, syntax),
        _ => nodes.Call(sign.ToText(), left.Type, syntax, [left, right],
            made => new IntegerDivision<T>(made.Operands[0], made.Operands[1], sign == BinarySign.Modulo, made.Guard, made.Where) { Target = made.Target }, canFail: true),
    };

    private Node Map<TOp, T>(BinarySign sign, Node left, Node right, Syntax syntax) where TOp : struct, IBinary<T> where T : unmanaged =>
        nodes.Call(sign.ToText(), left.Type, syntax, [left, right], made => new MapOperation<TOp, T>(made.Operands[0], made.Operands[1]) { Target = made.Target });
}
