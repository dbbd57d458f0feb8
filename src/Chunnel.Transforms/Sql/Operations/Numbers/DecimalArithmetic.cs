using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Numbers;

/// <summary>
/// Exact arithmetic. Sums, differences, products and remainders round half away from zero at the result's scale, quotients away from zero
/// (spec transforms.md 5.3). More than 38 digits, and a divisor of zero, fail the row.
/// </summary>
internal sealed class DecimalArithmetic(Operand left, Operand right, BinarySign sign, DecimalType type, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var (a, b) = ((DecimalColumn)left.Of(frame), (DecimalColumn)right.Of(frame));
        var result = ColumnBuffer.Rent<Int128>(frame.Memory, frame.Rows);
        var values = result.As<Int128>();
        var lefts = a.Values;
        var rights = b.Values;
        values.Clear();
        var (scaleA, scaleB) = (a.Type.Scale, b.Type.Scale);
        foreach (var row in new SetBits(frame.RowsToDo(guard, a, b)))
        {
            if (sign is BinarySign.Divide or BinarySign.Modulo && rights[row] == Int128.Zero) frame.Fail(row, where, sign == BinarySign.Divide ? "/ by zero" : "Mod by zero");
            else if (!TryCompute(lefts[row], scaleA, rights[row], scaleB, out values[row])) frame.Fail(row, where, $"the result has more than {Decimals.MaxPrecision} digits");
        }
        var (bits, nulls) = Validities.Both(frame, a, b);
        frame.Set(Target, new DecimalColumn(type, frame.Rows, result, default, bits, nulls));
    }

    private bool TryCompute(Int128 a, int scaleA, Int128 b, int scaleB, out Int128 result) => sign switch
    {
        BinarySign.Multiply => Decimals.TryMultiply(a, b, scaleA + scaleB, type.Scale, out result),
        BinarySign.Divide => Decimals.TryDivide(a, scaleA, b, scaleB, type.Scale, DecimalRounding.Up, out result),
        _ => TryOnOneScale(a, scaleA, b, scaleB, out result),
    };

    private bool TryOnOneScale(Int128 a, int scaleA, Int128 b, int scaleB, out Int128 result)
    {
        result = default;
        var scale = Math.Max(scaleA, scaleB);
        if (!Decimals.TryRescale(a, scaleA, scale, DecimalRounding.HalfUp, out var x) || !Decimals.TryRescale(b, scaleB, scale, DecimalRounding.HalfUp, out var y)) return false;
        if (sign == BinarySign.Modulo) return Decimals.TryRescale(x % y, scale, type.Scale, DecimalRounding.HalfUp, out result);
        return Decimals.TryAdd(x, sign == BinarySign.Add ? y : -y, out var sum) && Decimals.TryRescale(sum, scale, type.Scale, DecimalRounding.HalfUp, out result);
    }
}
