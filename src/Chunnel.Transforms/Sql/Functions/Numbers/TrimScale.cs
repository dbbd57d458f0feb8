using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Numbers;

/// <summary>Exact numbers shown without the zeros at their end: the same values, each with a shown scale of its own.</summary>
internal sealed class TrimScale(Operand operand) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (DecimalColumn)operand.Of(frame);
        var shown = ColumnBuffer.Rent<sbyte>(frame.Memory, frame.Rows);
        var scales = shown.As<sbyte>();
        var values = from.Values;
        scales.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(null, from))) scales[row] = (sbyte)ScaleOf(values[row], from.Type.Scale);
        from.ValueBuffer.Block?.Retain();
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new DecimalColumn(from.Type, frame.Rows, from.ValueBuffer, shown, bits, nulls));
    }

    private static int ScaleOf(Int128 value, int scale)
    {
        while (scale > 0 && value % 10 == Int128.Zero)
        {
            value /= 10;
            scale--;
        }
        return scale;
    }
}
