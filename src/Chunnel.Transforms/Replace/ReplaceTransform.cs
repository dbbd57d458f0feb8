using System.Text;
using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Replace;

/// <summary>Strings with parts replaced: by a pattern, or byte for byte.</summary>
internal sealed class ReplaceTransform(OutputColumns output, int[] sources, string pattern, string replacement, PatternReplacer? replacer, RowErrors errors)
    : ColumnMaker(output, errors)
{
    private readonly byte[] _pattern = Encoding.UTF8.GetBytes(pattern);
    private readonly byte[] _replacement = Encoding.UTF8.GetBytes(replacement);
    private readonly ByteWriter _result = new();

    protected override void Fill(ColumnBatch batch, ColumnBuilder[] to)
    {
        for (var i = 0; i < sources.Length; i++)
        {
            if (replacer is null) FillPlainly(batch, (TextColumn)batch[sources[i]], (TextBuilder)to[i]);
            else FillByPattern(batch, batch.Schema.Columns[sources[i]].Name, (TextColumn)batch[sources[i]], (TextBuilder)to[i]);
        }
    }

    private void FillPlainly(ColumnBatch batch, TextColumn from, TextBuilder to)
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
        var found = text.IndexOf(_pattern);
        if (found < 0)
        {
            to.Append(text);
            return;
        }
        _result.Clear();
        for (; found >= 0; found = text.IndexOf(_pattern))
        {
            _result.Append(text[..found]);
            _result.Append(_replacement);
            text = text[(found + _pattern.Length)..];
        }
        _result.Append(text);
        to.Append(_result.Written);
    }

    private void FillByPattern(ColumnBatch batch, string name, TextColumn from, TextBuilder to)
    {
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (from.IsNull(row)) continue;
            At(to, row);
            try
            {
                replacer!.Append(from[row], to);
            }
            catch (RegexMatchTimeoutException)
            {
                Fail(batch, row, name, PatternSearch.TooLong);
            }
        }
    }
}
