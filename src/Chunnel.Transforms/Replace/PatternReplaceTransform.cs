using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Replace;

/// <summary>Values with the matches of a pattern replaced.</summary>
internal sealed class PatternReplaceTransform(OutputColumns output, int[] sources, JavaPattern pattern, JavaReplacement replacement, bool firstOnly, RowErrors errors)
    : ReplaceTransform(output, sources, errors)
{
    private readonly PatternReplacer _replacer = new(firstOnly);

    protected override void AppendReplaced(ColumnBatch batch, int row, string column, ReadOnlySpan<byte> text, TextBuilder to)
    {
        try
        {
            _replacer.Append(pattern, replacement, text, to);
        }
        catch (RegexMatchTimeoutException)
        {
            Fail(batch, row, column, PatternSearch.TooLong);
        }
    }
}
