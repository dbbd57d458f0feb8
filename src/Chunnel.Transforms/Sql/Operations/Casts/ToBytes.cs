using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>The UTF-8 bytes of a text: the same blocks under another type.</summary>
internal sealed class ToBytes(Operand operand) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (TextColumn)operand.Of(frame);
        from.OffsetBuffer.Block?.Retain();
        from.ByteBuffer.Block?.Retain();
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new TextColumn(DataType.Bytes, frame.Rows, from.OffsetBuffer, from.ByteBuffer, bits, nulls));
    }
}
