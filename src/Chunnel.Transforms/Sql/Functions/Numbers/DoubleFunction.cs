using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Numbers;

/// <summary>A function of floating point numbers. It cannot fail.</summary>
internal sealed class DoubleFunction<TFunction>(Operand operand) : Operation where TFunction : struct, IDoubleFunction
{
    public override void Run(Frame frame)
    {
        var from = (FixedColumn<double>)operand.Of(frame);
        var result = ColumnBuffer.Rent<double>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<double>();
        for (var row = 0; row < values.Length; row++) to[row] = TFunction.Of(values[row]);
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<double>(DataType.Double, frame.Rows, result, bits, nulls));
    }
}
