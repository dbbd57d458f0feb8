using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Texts;

internal enum TextUnit
{
    /// <summary>UTF-16 units, as the peer counts characters.</summary>
    Characters,

    /// <summary>Bytes of UTF-8.</summary>
    Bytes,

    /// <summary>Bits of UTF-8.</summary>
    Bits,
}

/// <summary>How long texts are.</summary>
internal sealed class TextMeasure(Operand operand, TextUnit unit) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (TextColumn)operand.Of(frame);
        var result = ColumnBuffer.Rent<long>(frame.Memory, frame.Rows);
        var to = result.As<long>();
        var offsets = from.Offsets;
        var bytewise = unit != TextUnit.Characters || from.IsAscii;
        var factor = unit == TextUnit.Bits ? 8 : 1;
        for (var row = 0; row < to.Length; row++) to[row] = bytewise ? factor * (long)(offsets[row + 1] - offsets[row]) : Utf16Units.Count(from[row]);
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<long>(DataType.BigInt, frame.Rows, result, bits, nulls));
    }
}
