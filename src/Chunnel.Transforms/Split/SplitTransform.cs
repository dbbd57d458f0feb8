using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Split;

/// <summary>The parts of a text, at most as many as there are columns. A separator that is plain text is looked for byte for byte.</summary>
internal sealed class SplitTransform : ColumnMaker
{
    private readonly ValueTexts _texts;
    private readonly int _source;
    private readonly byte[]? _literal;
    private readonly Regex? _pattern;
    private Characters _characters = new();
    private readonly List<(int Start, int Length)> _separators = [];

    public SplitTransform(OutputColumns output, int source, string separator, RowErrors errors)
        : base(output, errors)
    {
        _source = source;
        _texts = new ValueTexts(source);
        _literal = PatternSearch.LiteralOf(separator);
        if (_literal is null && JavaPattern.TryParseLinear(separator, out var pattern, out _)) _pattern = pattern.Regex;
    }

    protected override void Fill(ColumnBatch batch, ColumnBuilder[] to)
    {
        var builders = Array.ConvertAll(to, builder => (TextBuilder)builder);
        var source = batch[_source];
        _texts.Read(batch);
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (source.IsNull(row)) continue;
            if (_literal is not null) CutPlainly(_texts.Of(i, row), _literal, row, builders);
            else if (Find(_texts.Of(i, row), builders.Length - 1, out var text)) Cut(text, row, builders);
            else Fail(batch, row, batch.Schema.Columns[_source].Name, PatternSearch.TooLong);
        }
    }

    private static void CutPlainly(ReadOnlySpan<byte> text, byte[] separator, int row, TextBuilder[] to)
    {
        for (var part = 0; part < to.Length; part++)
        {
            At(to[part], row);
            var found = part == to.Length - 1 ? -1 : text.IndexOf(separator);
            to[part].Append(found < 0 ? text : text[..found]);
            if (found < 0) return;
            text = text[(found + separator.Length)..];
        }
    }

    private void Cut(ReadOnlySpan<char> text, int row, TextBuilder[] to)
    {
        var from = 0;
        for (var part = 0; part <= _separators.Count; part++)
        {
            At(to[part], row);
            var end = part == _separators.Count ? text.Length : _separators[part].Start;
            Characters.Append(text[from..end], to[part]);
            if (part < _separators.Count) from = end + _separators[part].Length;
        }
    }

    /// <summary>Finds as many separators as parts need; false when that took too long. As in Java an empty one before the text is none.</summary>
    private bool Find(ReadOnlySpan<byte> utf8, int most, out ReadOnlySpan<char> text)
    {
        text = _characters.Of(utf8);
        _separators.Clear();
        if (most == 0) return true;
        try
        {
            foreach (var match in _pattern!.EnumerateMatches(text))
            {
                if (match is { Index: 0, Length: 0 }) continue;
                _separators.Add((match.Index, match.Length));
                if (_separators.Count == most) break;
            }
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
