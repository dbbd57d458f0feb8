using Chunnel.Core;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>A text function: null where the text or an argument is null, or where the function says so.</summary>
internal sealed class TextMap<TFunction>(Operand text, Operand? first, Operand? second, Operand? argument, Operand? other) : Operation
    where TFunction : struct, ITextFunction
{
    private readonly Operand?[] _arguments = [first, second, argument, other];
    private TextBuilder? _builder;

    public override void Run(Frame frame)
    {
        var from = (TextColumn)text.Of(frame);
        // Its memory is the job's, which stays the same while the program lives.
        _builder ??= new TextBuilder(DataType.String, frame.Memory, Math.Max(frame.Rows, ColumnBatch.AimRows));
        _builder.EnsureCapacity(frame.Rows);
        ReadOnlySpan<long> firsts = first is null ? [] : ((FixedColumn<long>)first.Of(frame)).Values;
        ReadOnlySpan<long> seconds = second is null ? [] : ((FixedColumn<long>)second.Of(frame)).Values;
        var texts = (TextColumn?)argument?.Of(frame);
        var others = (TextColumn?)other?.Of(frame);
        var isAscii = from.IsAscii;
        var offsets = from.Offsets;
        var utf8 = from.Utf8;
        var rows = RowsToDo(frame, from);
        for (var row = 0; row < frame.Rows; row++)
        {
            if (!Bits.Get(rows, row))
            {
                _builder.AppendNull();
                continue;
            }
            TFunction.Append(utf8[offsets[row]..offsets[row + 1]], new TextArguments
            {
                IsAscii = isAscii,
                First = firsts.IsEmpty ? 0 : firsts[row],
                Second = seconds.IsEmpty ? 0 : seconds[row],
                Text = texts is null ? [] : texts[row],
                OtherText = others is null ? [] : others[row],
            }, _builder);
        }
        frame.Set(Target, _builder.Build(frame.Rows));
    }

    private ReadOnlySpan<ulong> RowsToDo(Frame frame, TextColumn from)
    {
        var rows = frame.RowsToDo(null, from);
        foreach (var operand in _arguments)
        {
            if (operand is not null) rows = frame.RowsToDoAlso(operand.Of(frame));
        }
        return rows;
    }
}
