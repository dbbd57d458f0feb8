using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Replace;

/// <summary>Strings with every occurrence of a text replaced, byte for byte.</summary>
internal sealed class TextReplaceTransform(OutputColumns output, int[] sources, string text, string replacement, RowErrors errors) : ColumnMaker(output, errors)
{
    private readonly byte[] _sought = Encoding.UTF8.GetBytes(text);
    private readonly byte[] _replacement = Encoding.UTF8.GetBytes(replacement);
    private readonly ByteWriter _result = new();

    protected override void Fill(ColumnBatch batch, ColumnBuilder[] to)
    {
        for (var i = 0; i < sources.Length; i++) Fill(batch, (TextColumn)batch[sources[i]], (TextBuilder)to[i]);
    }

    private void Fill(ColumnBatch batch, TextColumn from, TextBuilder to)
    {
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (from.IsNull(row)) continue;
            At(to, row);
            AppendReplaced(from[row], to);
        }
    }

    private void AppendReplaced(ReadOnlySpan<byte> text, TextBuilder to)
    {
        var found = text.IndexOf(_sought);
        if (found < 0)
        {
            to.Append(text);
            return;
        }
        _result.Clear();
        for (; found >= 0; found = text.IndexOf(_sought))
        {
            _result.Append(text[..found]);
            _result.Append(_replacement);
            text = text[(found + _sought.Length)..];
        }
        _result.Append(text);
        to.Append(_result.Written);
    }
}
