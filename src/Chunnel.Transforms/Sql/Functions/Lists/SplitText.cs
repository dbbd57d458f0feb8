using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Lists;

/// <summary>The pieces of texts between a delimiter. An empty delimiter cuts nothing.</summary>
internal sealed class SplitText(Emission made) : Operation
{
    private TextBuilder? _pieces;

    public override void Run(Frame frame)
    {
        var texts = (TextColumn)made.Operands[0].Of(frame);
        var delimiters = (TextColumn)made.Operands[1].Of(frame);
        // Its memory is the job's, which stays the same while the program lives.
        _pieces ??= new TextBuilder(DataType.String, frame.Memory, Math.Max(frame.Rows, ColumnBatch.AimRows));
        var offsets = ColumnBuffer.Rent<int>(frame.Memory, frame.Rows + 1);
        var ends = offsets.As<int>();
        ends.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(made.Guard, made.Operands)))
        {
            Split(texts[row], Literal(delimiters[row]), _pieces, out var count);
            ends[row + 1] = count;
        }
        for (var row = 0; row < frame.Rows; row++) ends[row + 1] += ends[row];
        var pieces = _pieces.Build(ends[frame.Rows]);
        var (bits, nulls) = Validities.All(frame, made.Operands);
        frame.Set(Target, new ListColumn((ArrayType)made.Type, frame.Rows, offsets, pieces, bits, nulls));
    }

    private static void Split(ReadOnlySpan<byte> text, ReadOnlySpan<byte> delimiter, TextBuilder to, out int count)
    {
        count = 1;
        for (var found = delimiter.IsEmpty ? -1 : text.IndexOf(delimiter); found >= 0; found = text.IndexOf(delimiter))
        {
            to.Append(text[..found]);
            text = text[(found + delimiter.Length)..];
            count++;
        }
        to.Append(text);
    }

    private static ReadOnlySpan<byte> Literal(ReadOnlySpan<byte> delimiter) => delimiter.Length == 2 && delimiter[0] == '\\' ? delimiter[1..] : delimiter;
}
