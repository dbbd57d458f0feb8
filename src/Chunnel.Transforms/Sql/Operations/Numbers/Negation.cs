using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Numbers;

/// <summary>The number with the other sign, in its own type.</summary>
internal sealed class Negation<T>(Operand operand) : Operation where T : unmanaged, INumber<T>
{
    public override void Run(Frame frame)
    {
        var from = (FixedColumn<T>)operand.Of(frame);
        var result = ColumnBuffer.Rent<T>(frame.Memory, frame.Rows);
        var values = from.Values;
        var to = result.As<T>();
        for (var row = 0; row < values.Length; row++) to[row] = unchecked(-values[row]);
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<T>(operand.Type, frame.Rows, result, bits, nulls));
    }
}
