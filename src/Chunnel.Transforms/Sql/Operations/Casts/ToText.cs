using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>The text of values of any type, as CAST to STRING gives it: Java's forms, decimals without exponent, bytes as they are.</summary>
internal sealed class ToText(Operand operand) : Operation
{
    private static readonly TextFormat Format = TextFormat.Console with { Bytes = BytesText.Raw, JavaDecimals = false };

    private readonly ByteWriter _writer = new(capacity: 4096);

    public override void Run(Frame frame)
    {
        var from = operand.Of(frame);
        var offsets = ColumnBuffer.Rent<int>(frame.Memory, frame.Rows + 1);
        var ends = offsets.As<int>();
        ends[0] = 0;
        _writer.Clear();
        ColumnText.Render(from, [], frame.Rows, Format, _writer, ends[1..]);
        var bytes = ColumnBuffer.Rent<byte>(frame.Memory, _writer.Length);
        _writer.Written.CopyTo(bytes.As<byte>());
        var (validity, nulls) = Validities.Of(from);
        frame.Set(Target, new TextColumn(DataType.String, frame.Rows, offsets, bytes, validity, nulls));
    }
}
