using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.DataValidator.Checks;

/// <summary>
/// The value is so long: characters of strings, counted as CHAR_LENGTH does, bytes of bytes, elements of arrays and maps, and for all
/// others characters of their text.
/// </summary>
internal sealed class LengthCheck(string field, int column, string? message, int min, int max, string asked) : ValueCheck(field, column, message)
{
    private readonly ValueTexts _texts = new(column);
    private readonly ByteWriter _text = new();

    protected override void Find(ColumnBatch batch, Column values, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        invalid.Clear();
        switch (values)
        {
            case ListColumn list: FindByOffsets(list.Offsets, rows, invalid); break;
            case MapColumn map: FindByOffsets(map.Offsets, rows, invalid); break;
            case TextColumn text when text.Type.Kind == TypeKind.Bytes || text.Type.Kind == TypeKind.String && text.IsAscii: FindByOffsets(text.Offsets, rows, invalid); break;
            default: FindByText(batch, rows, invalid); break;
        }
    }

    protected override string Words(Column values, int row) => $"Field '{Field}' length {LengthAt(values, row)} is not {asked}";

    private void FindByOffsets(ReadOnlySpan<int> offsets, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        foreach (var row in new SetBits(rows)) Mark(invalid, row, offsets[row + 1] - offsets[row]);
    }

    private void FindByText(ColumnBatch batch, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        _texts.Read(batch);
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (Bits.Get(rows, row)) Mark(invalid, row, Utf16Units.Count(_texts.Of(i, row)));
        }
    }

    private void Mark(Span<ulong> invalid, int row, int length)
    {
        if (length < min || length > max) Bits.Set(invalid, row);
    }

    private int LengthAt(Column values, int row)
    {
        switch (values)
        {
            case ListColumn list: return list.Offsets[row + 1] - list.Offsets[row];
            case MapColumn map: return map.Offsets[row + 1] - map.Offsets[row];
            case TextColumn text when text.Type.Kind == TypeKind.Bytes: return text[row].Length;
        }
        _text.Clear();
        ValueText.Append(_text, values, row, TextFormat.Console);
        return Utf16Units.Count(_text.Written);
    }
}
