using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>A row of a batch, for a script.</summary>
internal sealed class BatchRow(ColumnBatch batch) : RowAccessor
{
    private readonly ByteWriter _text = new(capacity: 256);

    /// <summary>The row's number within the batch.</summary>
    public int Row { get; set; }

    public override TableSchema Table => batch.Schema;

    public override RowKind RowKind => batch.KindAt(Row);

    public override object? GetField(int column) => FieldValues.Read(batch[column], Row);

    public override bool IsNull(int column) => batch[column].IsNull(Row);

    public override string? GetText(int column)
    {
        if (IsNull(column)) return null;
        if (batch[column] is TextColumn { Type.Kind: TypeKind.String } text) return Encoding.UTF8.GetString(text[Row]);
        _text.Clear();
        ValueText.Append(_text, batch[column], Row, TextFormat.Console);
        return Encoding.UTF8.GetString(_text.Written);
    }
}
