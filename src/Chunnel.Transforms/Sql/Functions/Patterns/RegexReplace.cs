using System.Text;
using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Patterns;

/// <summary>The text with every match replaced.</summary>
internal sealed class RegexReplace(Emission made) : TextRows(made)
{
    private readonly RegexWords _patterns = new(made.Operands[1], made.Operands[3]);
    private readonly PatternReplacer _replacer = new(firstOnly: false);
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
            _replacer.Append(pattern, replacement, utf8, to);
        }
        catch (RegexMatchTimeoutException)
        {
            frame.Fail(row, Made.Where, RegexFailure.TooLong);
        }
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
