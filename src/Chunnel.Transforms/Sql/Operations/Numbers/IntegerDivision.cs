using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Numbers;

/// <summary>Quotient (towards zero) or remainder of integers. A divisor of zero fails the row.</summary>
internal sealed class IntegerDivision<T>(Operand left, Operand right, bool remainder, Operand? guard, Syntax where) : Operation
    where T : unmanaged, IBinaryInteger<T>
{
    public override void Run(Frame frame)
    {
        var (a, b) = ((FixedColumn<T>)left.Of(frame), (FixedColumn<T>)right.Of(frame));
        var result = ColumnBuffer.Rent<T>(frame.Memory, frame.Rows);
        var values = result.As<T>();
        var dividends = a.Values;
        var divisors = b.Values;
        values.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, a, b)))
        {
            var divisor = divisors[row];
            if (T.IsZero(divisor)) frame.Fail(row, where, remainder ? "Mod by zero" : "/ by zero");
            else if (divisor == -T.One) values[row] = remainder ? T.Zero : unchecked(T.Zero - dividends[row]); // the smallest number has no positive twin: it wraps
            else values[row] = remainder ? dividends[row] % divisor : dividends[row] / divisor;
        }
        var (bits, nulls) = Validities.Both(frame, a, b);
        frame.Set(Target, new FixedColumn<T>(left.Type, frame.Rows, result, bits, nulls));
    }
}
