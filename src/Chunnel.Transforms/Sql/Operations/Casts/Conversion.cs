using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>A number as a wider or a floating point one. It cannot fail.</summary>
internal sealed class Conversion<TFrom, TTo>(Operand operand, DataType type) : Operation
    where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged, INumber<TTo>
{
    public override void Run(Frame frame)
    {
        var from = (FixedColumn<TFrom>)operand.Of(frame);
        var result = ColumnBuffer.Rent<TTo>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<TTo>();
        for (var row = 0; row < values.Length; row++) to[row] = TTo.CreateTruncating(values[row]);
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<TTo>(type, frame.Rows, result, bits, nulls));
    }
}
