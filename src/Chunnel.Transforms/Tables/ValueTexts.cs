using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>The text of a column's values: strings as they are, others as the console shows them.</summary>
internal sealed class ValueTexts(int column)
{
    private ByteWriter? _writer;
    private int[] _ends = [];
    private TextColumn? _strings;

    /// <summary>Goes on to a batch.</summary>
    public void Read(ColumnBatch batch)
    {
        _strings = batch[column].Type.Kind == TypeKind.String ? (TextColumn)batch[column] : null;
        if (_strings is not null) return;
        _writer ??= new ByteWriter();
        _writer.Clear();
        if (_ends.Length < batch.Selected) _ends = new int[Math.Max(batch.Selected, ColumnBatch.AimRows)];
        ColumnText.Render(batch[column], batch.Selection, batch.Selected, TextFormat.Console, _writer, _ends);
    }

    /// <summary>The text of the i-th row that counts, whose number in the batch is the row; not for nulls.</summary>
    public ReadOnlySpan<byte> Of(int index, int row) =>
        _strings is not null ? _strings[row] : _writer!.Written[(index == 0 ? 0 : _ends[index - 1]).._ends[index]];
}
