using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.DataValidator.Checks;

/// <summary>The whole text of the value matches a pattern. A search that takes too long finds nothing.</summary>
internal sealed class PatternCheck(string field, int column, string? message, string written, Regex whole) : ValueCheck(field, column, message)
{
    private readonly ValueTexts _texts = new(column);
    private readonly HashSet<int> _tooLong = [];
    private Characters _characters = new();

    protected override void Find(ColumnBatch batch, Column values, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        invalid.Clear();
        _tooLong.Clear();
        _texts.Read(batch);
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (Bits.Get(rows, row) && !IsMatch(_characters.Of(_texts.Of(i, row)), row)) Bits.Set(invalid, row);
        }
    }

    protected override string Words(Column values, int row) =>
        $"Field '{Field}' does not match pattern '{written}'" + (_tooLong.Contains(row) ? $": {PatternSearch.TooLong}" : "");

    private bool IsMatch(ReadOnlySpan<char> text, int row)
    {
        try
        {
            return whole.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            _tooLong.Add(row);
            return false;
        }
    }
}
