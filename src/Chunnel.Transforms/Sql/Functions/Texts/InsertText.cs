using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>
/// A text with some of its characters replaced by a new text. A null text gives the new one; a null or empty new one, a start that lies
/// outside the text, and a length below 1 leave the text as it is (spec transforms.md 6.1).
/// </summary>
internal sealed class InsertText(Operand text, Operand start, Operand length, Operand added) : Operation
{
    private TextBuilder? _builder;

    public override void Run(Frame frame)
    {
        var texts = (TextColumn)text.Of(frame);
        var news = (TextColumn)added.Of(frame);
        var (startColumn, lengthColumn) = ((FixedColumn<long>)start.Of(frame), (FixedColumn<long>)length.Of(frame));
        var starts = startColumn.Values;
        var lengths = lengthColumn.Values;
        // Its memory is the job's, which stays the same while the program lives.
        _builder ??= new TextBuilder(DataType.String, frame.Memory, Math.Max(frame.Rows, ColumnBatch.AimRows));
        _builder.EnsureCapacity(frame.Rows);
        for (var row = 0; row < frame.Rows; row++)
        {
            if (startColumn.IsNull(row) || lengthColumn.IsNull(row) || (texts.IsNull(row) && news.IsNull(row))) _builder.AppendNull();
            else if (texts.IsNull(row)) _builder.Append(news[row]);
            else Append(_builder, texts[row], starts[row], lengths[row], news.IsNull(row) ? [] : news[row]);
        }
        frame.Set(Target, _builder.Build(frame.Rows));
    }

    private static void Append(TextBuilder to, ReadOnlySpan<byte> text, long start, long length, ReadOnlySpan<byte> added)
    {
        var from = start < 1 ? text.Length : Utf16Units.ByteAt(text, start - 1);
        if (start < 1 || length <= 0 || added.IsEmpty || from >= text.Length)
        {
            to.Append(text);
            return;
        }
        var end = Math.Max(from, Utf16Units.ByteAt(text, start - 1 + Math.Min(length, int.MaxValue)));
        var size = from + added.Length + text.Length - end;
        var space = to.Space(size);
        text[..from].CopyTo(space);
        added.CopyTo(space[from..]);
        text[end..].CopyTo(space[(from + added.Length)..]);
        to.Ends[to.Count] = to.ByteCount + size;
        to.Advance(1, size);
    }
}
