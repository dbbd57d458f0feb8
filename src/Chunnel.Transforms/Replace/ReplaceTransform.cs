using Chunnel.Core;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Replace;

/// <summary>
/// Values whose text has parts replaced. A column keeps its type: what is no string is replaced in the text that the console shows, and read
/// from it again.
/// </summary>
internal abstract class ReplaceTransform(OutputColumns output, int[] sources, RowErrors errors) : ColumnMaker(output, errors)
{
    private readonly ValueTexts[] _texts = [.. sources.Select(source => new ValueTexts(source))];

    protected sealed override void Fill(ColumnBatch batch, ColumnBuilder[] to)
    {
        for (var i = 0; i < sources.Length; i++)
        {
            _texts[i].Read(batch);
            var column = batch.Schema.Columns[sources[i]];
            if (column.Type.Kind == TypeKind.String) AppendTexts(batch, column.Name, _texts[i], batch[sources[i]], (TextBuilder)to[i]);
            else ReadAgain(batch, column, _texts[i], batch[sources[i]], to[i]);
        }
    }

    /// <summary>Appends the text with its parts replaced, or nothing of a row that is told as failed.</summary>
    protected abstract void AppendReplaced(ColumnBatch batch, int row, string column, ReadOnlySpan<byte> text, TextBuilder to);

    private void AppendTexts(ColumnBatch batch, string name, ValueTexts texts, Column from, TextBuilder to)
    {
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (from.IsNull(row)) continue;
            At(to, row);
            AppendReplaced(batch, row, name, texts.Of(i, row), to);
        }
    }

    private void ReadAgain(ColumnBatch batch, ColumnDef column, ValueTexts texts, Column from, ColumnBuilder to)
    {
        using var builder = (TextBuilder)ColumnBuilder.For(DataType.String, batch.Memory, batch.Rows);
        AppendTexts(batch, column.Name, texts, from, builder);
        At(builder, batch.Rows);
        var replaced = (TextColumn)builder.Build(batch.Rows);
        try
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                if (replaced.IsNull(row)) to.SetNull(row);
                else if (ValueParser.TryParse(replaced[row], to, row, TextFormat.Console) is ParseOutcome.OutOfRange or ParseOutcome.Malformed)
                    Fail(batch, row, column.Name, $"what stands there after replacing is no {column.Type}");
            }
        }
        finally
        {
            replaced.Release();
        }
    }
}
