using System.Text;
using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Sql.Kernels;
using Chunnel.Transforms.Sql.Operations;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Patterns;

/// <summary>The text with every match replaced. A row without a match costs no more than the search; one whose replacement names no group makes no objects.</summary>
internal sealed class RegexReplace(Emission made) : TextRows(made)
{
    private readonly RegexWords _patterns = new(made.Operands[1], made.Operands[3]);
    private readonly StringBuilder _result = new();
    private Characters _characters = new();
    private JavaPattern? _lastPattern;
    private byte[] _lastText = [];
    private JavaReplacement? _last;

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        var replacements = (TextColumn)Made.Operands[2].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            var pattern = _patterns.Of(frame, row, out var problem);
            var replacement = pattern is null ? null : ReplacementOf(pattern, replacements[row], out problem);
            if (replacement is null) frame.Fail(row, Made.Where, problem!);
            else Replace(frame, row, texts[row], pattern!, replacement, to);
        }
    }

    private void Replace(Frame frame, int row, ReadOnlySpan<byte> utf8, JavaPattern pattern, JavaReplacement replacement, TextBuilder to)
    {
        try
        {
            var text = _characters.Of(utf8);
            _result.Clear();
            if (replacement.Literal is { } literal) ReplaceBy(literal, pattern.Regex, text);
            else if (pattern.Regex.IsMatch(text)) ReplaceByGroups(replacement, pattern.Regex, text.ToString());
            else _result.Append(text);
            Append(to);
        }
        catch (RegexMatchTimeoutException)
        {
            frame.Fail(row, Made.Where, RegexFailure.TooLong);
        }
    }

    private void ReplaceBy(string literal, Regex regex, ReadOnlySpan<char> text)
    {
        var from = 0;
        foreach (var match in regex.EnumerateMatches(text))
        {
            _result.Append(text[from..match.Index]).Append(literal);
            from = match.Index + match.Length;
        }
        _result.Append(text[from..]);
    }

    private void ReplaceByGroups(JavaReplacement replacement, Regex regex, string text)
    {
        var from = 0;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            _result.Append(text, from, match.Index - from);
            replacement.AppendTo(_result, match);
            from = match.Index + match.Length;
        }
        _result.Append(text, from, text.Length - from);
    }

    private void Append(TextBuilder to)
    {
        var space = to.Space(3 * _result.Length);
        var length = 0;
        // Pieces of the builder may cut a pair of surrogates: each is encoded with its left-over.
        var encoder = Encoding.UTF8.GetEncoder();
        foreach (var chunk in _result.GetChunks()) length += encoder.GetBytes(chunk.Span, space[length..], flush: false);
        to.Ends[to.Count] = to.ByteCount + length;
        to.Advance(1, length);
    }

    private JavaReplacement? ReplacementOf(JavaPattern pattern, ReadOnlySpan<byte> text, out string? problem)
    {
        problem = null;
        if (_last is not null && ReferenceEquals(pattern, _lastPattern) && text.SequenceEqual(_lastText)) return _last;
        var read = Encoding.UTF8.GetString(text);
        _last = JavaReplacement.TryParse(read, pattern, out var why);
        if (_last is null) problem = $"\"{read}\" is no replacement: {why}";
        (_lastPattern, _lastText) = (pattern, text.ToArray());
        return _last;
    }
}
