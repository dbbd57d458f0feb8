using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>
/// Where a text stands in another, 1 first, 0 for nowhere; a negative start searches backwards from the end. A null text holds nothing: 0
/// (spec transforms.md 6.1); a null to search for is null.
/// </summary>
internal sealed class TextLocate(Operand search, Operand text, Operand start) : Operation
{
    public override void Run(Frame frame)
    {
        var searches = (TextColumn)search.Of(frame);
        var from = (TextColumn)text.Of(frame);
        var startColumn = (FixedColumn<long>)start.Of(frame);
        var starts = startColumn.Values;
        var result = ColumnBuffer.Rent<int>(frame.Memory, frame.Rows);
        var to = result.As<int>();
        for (var row = 0; row < to.Length; row++) to[row] = from.IsNull(row) ? 0 : Locate(searches[row], from[row], starts[row]);
        var (bits, nulls) = Validities.Both(frame, searches, startColumn);
        frame.Set(Target, new FixedColumn<int>(DataType.Int, frame.Rows, result, bits, nulls));
    }

    private static int Locate(ReadOnlySpan<byte> search, ReadOnlySpan<byte> text, long start)
    {
        int found;
        if (start < 0)
        {
            var units = Utf16Units.Count(text);
            if (units + start < 0) return 0;
            var end = Math.Min(text.Length, Utf16Units.ByteAt(text, units + start) + search.Length);
            found = text[..end].LastIndexOf(search);
        }
        else
        {
            var from = Utf16Units.ByteAt(text, start - 1);
            found = text[from..].IndexOf(search);
            if (found >= 0) found += from;
        }
        return found < 0 ? 0 : Utf16Units.Count(text[..found]) + 1;
    }
}
