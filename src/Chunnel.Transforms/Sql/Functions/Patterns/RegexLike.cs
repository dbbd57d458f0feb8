using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Patterns;

/// <summary>True where the pattern is found in the text.</summary>
internal sealed class RegexLike(Emission made) : BoolRows(made)
{
    private readonly RegexWords _patterns = new(made.Operands[1], made.Operands[2]);
    private Characters _characters = new();

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<ulong> to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            if (_patterns.Of(frame, row, out var problem) is not { } pattern) frame.Fail(row, Made.Where, problem!);
            else if (Matches(frame, row, pattern.Regex, _characters.Of(texts[row]))) Bits.Set(to, row);
        }
    }

    private bool Matches(Frame frame, int row, Regex regex, ReadOnlySpan<char> text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            frame.Fail(row, Made.Where, RegexFailure.TooLong);
            return false;
        }
    }
}

internal static class RegexFailure
{
    public const string TooLong = "the search took longer than a second";
}
