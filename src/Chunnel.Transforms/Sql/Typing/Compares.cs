using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Numbers;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Logic;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Comparisons of two expressions, in the type that both meet in without loss.</summary>
internal sealed class Compares(NodeFactory nodes, Numbers numbers)
{
    /// <summary>The node for <c>left sign right</c> with SQL's two-valued equality (spec transforms.md 5.4), or null where the types have no order.</summary>
    public Node? Compare(BinarySign sign, Node left, Node right, Syntax syntax) => Compare(sign, left, right, syntax, sign switch
    {
        BinarySign.Equal => NullCompare.False,
        BinarySign.NotEqual => NullCompare.DifferIfOne,
        _ => NullCompare.Unknown,
    });

    /// <summary>The same with a choice of what nulls say.</summary>
    public Node? Compare(BinarySign sign, Node left, Node right, Syntax syntax, NullCompare nulls)
    {
        if (left.Constant is not null && right.Constant is null) (left, right, sign) = (right, left, sign.Mirrored());
        if (left.Type.Kind == TypeKind.Null) left = nodes.Null(right.Type.Kind == TypeKind.Null ? DataType.Int : right.Type, left.Syntax);
        if (right.Type.Kind == TypeKind.Null) right = nodes.Null(left.Type, right.Syntax);
        if (left.Type.IsNumeric && right.Type.IsNumeric) return OfNumbers(sign, left, right, syntax, nulls);
        if (left.Type.Kind == right.Type.Kind && OfKind(sign, left, right, syntax, nulls) is { } same) return same;
        return sign switch
        {
            BinarySign.Equal => Never(left, right, syntax, nulls),
            BinarySign.NotEqual => Always(left, right, syntax, nulls),
            _ => null,
        };
    }

    private Node? OfKind(BinarySign sign, Node left, Node right, Syntax syntax, NullCompare nulls) => left.Type.Kind switch
    {
        TypeKind.String or TypeKind.Bytes => Make(sign, left, right, syntax, nulls, new TextMaker()),
        TypeKind.Date => Make(sign, left, right, syntax, nulls, new FixedMaker<int>()),
        TypeKind.Time => Make(sign, left, right, syntax, nulls, new FixedMaker<long>()),
        TypeKind.Timestamp or TypeKind.TimestampTz => Make(sign, left, right, syntax, nulls, new TimestampMaker()),
        TypeKind.Boolean when sign is BinarySign.Equal or BinarySign.NotEqual => nodes.Call(
            NameOf(sign, nulls), DataType.Boolean, syntax, [left, right],
            made => new BoolComparison(made.Operands[0], made.Operands[1], sign == BinarySign.Equal, nulls) { Target = made.Target }),
        _ => null,
    };

    private Node OfNumbers(BinarySign sign, Node left, Node right, Syntax syntax, NullCompare nulls)
    {
        if (left.Type.IsInteger && right is ConstantNode constant && AsInteger(constant, left.Type) is { } integer) right = integer;
        if (left.Type.IsInteger && right.Type.IsInteger) return OfIntegers(sign, left, right, syntax, nulls);
        var floating = NumberTypes.IsFloating(left.Type) || NumberTypes.IsFloating(right.Type);
        if (left.Type is DecimalType || right.Type is DecimalType)
        {
            var literal = left is ConstantNode { Digits: not null } || right is ConstantNode { Digits: not null };
            if (!floating || literal) return Make(sign, numbers.ToExact(left), numbers.ToExact(right), syntax, nulls, new DecimalMaker());
        }
        else if (left.Type.Kind == TypeKind.BigInt) return Make(sign, left, numbers.ToDouble(right), syntax, nulls, new LongDoubleMaker());
        else if (right.Type.Kind == TypeKind.BigInt) return Make(sign.Mirrored(), right, numbers.ToDouble(left), syntax, nulls, new LongDoubleMaker());
        if (left.Type.Kind == TypeKind.Float && right.Type.Kind == TypeKind.Float) return Make(sign, left, right, syntax, nulls, new FixedMaker<float>());
        return Make(sign, numbers.ToDouble(left), numbers.ToDouble(right), syntax, nulls, new FixedMaker<double>());
    }

    private Node OfIntegers(BinarySign sign, Node left, Node right, Syntax syntax, NullCompare nulls)
    {
        var type = left.Type.Kind > right.Type.Kind ? left.Type : right.Type;
        (left, right) = (numbers.ToInteger(left, type), numbers.ToInteger(right, type));
        return type.Kind switch
        {
            TypeKind.TinyInt => Make(sign, left, right, syntax, nulls, new FixedMaker<sbyte>()),
            TypeKind.SmallInt => Make(sign, left, right, syntax, nulls, new FixedMaker<short>()),
            TypeKind.Int => Make(sign, left, right, syntax, nulls, new FixedMaker<int>()),
            _ => Make(sign, left, right, syntax, nulls, new FixedMaker<long>()),
        };
    }

    /// <summary>A whole constant in the integer type of the other side, when it fits: then no row is converted.</summary>
    private ConstantNode? AsInteger(ConstantNode constant, DataType type)
    {
        if (constant.IsNullConstant) return nodes.Null(type, constant.Syntax);
        double value = constant.Constant switch
        {
            FixedColumn<int> one => one.Values[0],
            FixedColumn<long> one => one.Values[0],
            FixedColumn<double> one => one.Values[0],
            _ => double.NaN,
        };
        // Below 2^53 every whole double is that very integer; larger ones are compared as they are.
        if (Math.Floor(value) != value || Math.Abs(value) >= 1L << 53) return null;
        var whole = (long)value;
        return type.Kind switch
        {
            TypeKind.TinyInt when whole is >= sbyte.MinValue and <= sbyte.MaxValue => nodes.Literal($"tinyint:{whole}", () => Constants.Of(type, (sbyte)whole), constant.Syntax),
            TypeKind.SmallInt when whole is >= short.MinValue and <= short.MaxValue => nodes.Literal($"smallint:{whole}", () => Constants.Of(type, (short)whole), constant.Syntax),
            TypeKind.Int when whole is >= int.MinValue and <= int.MaxValue => nodes.Literal($"int:{whole}", () => Constants.Of(type, (int)whole), constant.Syntax),
            TypeKind.BigInt => nodes.Literal($"bigint:{whole}", () => Constants.Of(type, whole), constant.Syntax),
            _ => null,
        };
    }

    /// <summary>Values of two kinds are never equal, as in the peer: <c>n = '7'</c> is false for an int n.</summary>
    private Node Never(Node left, Node right, Syntax syntax, NullCompare nulls)
    {
        if (nulls != NullCompare.Unknown) return nodes.Truth(false, syntax);
        var known = nodes.Connect(nodes.IsNull(left, negated: true, syntax), nodes.IsNull(right, negated: true, syntax), and: true, syntax);
        return nodes.Case([(known, nodes.Truth(false, syntax))], nodes.Null(DataType.Boolean, syntax), DataType.Boolean, syntax);
    }

    private Node Always(Node left, Node right, Syntax syntax, NullCompare nulls) => nulls == NullCompare.Unknown
        ? nodes.Not(Never(left, right, syntax, nulls), syntax)
        : nodes.Connect(nodes.IsNull(left, negated: true, syntax), nodes.IsNull(right, negated: true, syntax), and: false, syntax);

    private Node Make(BinarySign sign, Node left, Node right, Syntax syntax, NullCompare nulls, IMaker maker)
    {
        Func<Emission, Operation> make = sign switch
        {
            BinarySign.Equal => made => maker.Make<Equal>(made, nulls),
            BinarySign.NotEqual => made => maker.Make<NotEqual>(made, nulls),
            BinarySign.Less => made => maker.Make<Less>(made, nulls),
            BinarySign.LessOrEqual => made => maker.Make<LessOrEqual>(made, nulls),
            BinarySign.Greater => made => maker.Make<Greater>(made, nulls),
            _ => made => maker.Make<GreaterOrEqual>(made, nulls),
        };
        return nodes.Call(NameOf(sign, nulls), DataType.Boolean, syntax, [left, right], make);
    }

    private static string NameOf(BinarySign sign, NullCompare nulls) => nulls == NullCompare.Unknown ? sign.ToText() + "?" : sign.ToText();

    /// <summary>Makes the comparison of one kind of column for any sign.</summary>
    private interface IMaker
    {
        Operation Make<TOp>(Emission made, NullCompare nulls) where TOp : struct, ICompare;
    }

    private sealed class FixedMaker<T> : IMaker where T : unmanaged, System.Numerics.INumber<T>
    {
        public Operation Make<TOp>(Emission made, NullCompare nulls) where TOp : struct, ICompare =>
            new FixedComparison<TOp, T>(made.Operands[0], made.Operands[1], nulls) { Target = made.Target };
    }

    private sealed class TextMaker : IMaker
    {
        public Operation Make<TOp>(Emission made, NullCompare nulls) where TOp : struct, ICompare =>
            new TextComparison<TOp>(made.Operands[0], made.Operands[1], nulls) { Target = made.Target };
    }

    private sealed class TimestampMaker : IMaker
    {
        public Operation Make<TOp>(Emission made, NullCompare nulls) where TOp : struct, ICompare =>
            new TimestampComparison<TOp>(made.Operands[0], made.Operands[1], nulls) { Target = made.Target };
    }

    private sealed class DecimalMaker : IMaker
    {
        public Operation Make<TOp>(Emission made, NullCompare nulls) where TOp : struct, ICompare =>
            new DecimalComparison<TOp>(made.Operands[0], made.Operands[1], nulls) { Target = made.Target };
    }

    private sealed class LongDoubleMaker : IMaker
    {
        public Operation Make<TOp>(Emission made, NullCompare nulls) where TOp : struct, ICompare =>
            new LongDoubleComparison<TOp>(made.Operands[0], made.Operands[1], nulls) { Target = made.Target };
    }
}
