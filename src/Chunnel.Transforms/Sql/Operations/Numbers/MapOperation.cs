using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Numbers;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Numbers;

/// <summary>Arithmetic that cannot fail on two numbers of one fixed width; at most one of them a constant.</summary>
internal sealed class MapOperation<TOp, T>(Operand left, Operand right) : Operation
    where TOp : struct, IBinary<T> where T : unmanaged
{
    public override void Run(Frame frame)
    {
        var result = ColumnBuffer.Rent<T>(frame.Memory, frame.Rows);
        if (IsValue(right))
        {
            var column = (FixedColumn<T>)left.Of(frame);
            MapKernels.Map<TOp, T>(column.Values, Value(right), result.As<T>());
            Publish(frame, result, Validities.Of(column));
        }
        else if (IsValue(left))
        {
            var column = (FixedColumn<T>)right.Of(frame);
            MapKernels.Map<TOp, T>(Value(left), column.Values, result.As<T>());
            Publish(frame, result, Validities.Of(column));
        }
        else
        {
            var (a, b) = ((FixedColumn<T>)left.Of(frame), (FixedColumn<T>)right.Of(frame));
            MapKernels.Map<TOp, T>(a.Values, b.Values, result.As<T>());
            Publish(frame, result, Validities.Both(frame, a, b));
        }
    }

    private static bool IsValue(Operand operand) => operand.Constant is { HasNulls: false };

    private static T Value(Operand operand) => ((FixedColumn<T>)operand.Constant!).Values[0];

    private void Publish(Frame frame, ColumnBuffer values, (ColumnBuffer Bits, int Nulls) validity) =>
        frame.Set(Target, new FixedColumn<T>(left.Type, frame.Rows, values, validity.Bits, validity.Nulls));
}
