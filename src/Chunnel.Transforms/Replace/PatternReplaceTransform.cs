using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Replace;

/// <summary>Strings with the matches of a pattern replaced.</summary>
internal sealed class PatternReplaceTransform(OutputColumns output, int[] sources, JavaPattern pattern, JavaReplacement replacement, bool firstOnly, RowErrors errors)
    : ColumnMaker(output, errors)
{
    private readonly PatternReplacer _replacer = new(firstOnly);

    protected override void Fill(ColumnBatch batch, ColumnBuilder[] to)
    {
        for (var i = 0; i < sources.Length; i++) Fill(batch, batch.Schema.Columns[sources[i]].Name, (TextColumn)batch[sources[i]], (TextBuilder)to[i]);
    }

    private void Fill(ColumnBatch batch, string name, TextColumn from, TextBuilder to)
    {
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (from.IsNull(row)) continue;
            At(to, row);
            try
            {
                _replacer.Append(pattern, replacement, from[row], to);
            }
            catch (RegexMatchTimeoutException)
            {
                Fail(batch, row, name, PatternSearch.TooLong);
            }
        }
    }
}
