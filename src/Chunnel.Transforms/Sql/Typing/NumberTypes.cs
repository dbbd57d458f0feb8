using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Which type numbers meet in.</summary>
internal static class NumberTypes
{
    /// <summary>The type of arithmetic (spec transforms.md 5.3), or null where there is none.</summary>
    public static DataType? OfArithmetic(DataType left, DataType right)
    {
        if (!left.IsNumeric || !right.IsNumeric) return null;
        if (left is DecimalType || right is DecimalType) return Widest(left as DecimalType, right as DecimalType);
        if (IsFloating(left) || IsFloating(right)) return DataType.Double;
        return left.Kind == TypeKind.BigInt || right.Kind == TypeKind.BigInt ? DataType.BigInt : DataType.Int;
    }

    /// <summary>The type of CASE and its like over two numbers (spec transforms.md 5.5): the wider keeps all of both where it can.</summary>
    public static DataType Widest(DataType left, DataType right)
    {
        if (left == right) return left;
        if (IsFloating(left) || IsFloating(right)) return DataType.Double;
        if (left is DecimalType || right is DecimalType) return Widest(left as DecimalType, right as DecimalType);
        return left.Kind > right.Kind ? left : right;
    }

    public static bool IsFloating(DataType type) => type.Kind is TypeKind.Float or TypeKind.Double;

    private static DecimalType Widest(DecimalType? left, DecimalType? right) => left is null ? right! : right is null ? left
        : DataType.Decimal(Math.Max(left.Precision, right.Precision), Math.Max(left.Scale, right.Scale));
}
