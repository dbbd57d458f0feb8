using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Patterns;

/// <summary>The n-th match from a position on, or one of its groups; null where there is none.</summary>
internal sealed class RegexSubstring(Emission made) : TextRows(made)
{
    private readonly RegexWords _patterns = new(made.Operands[1], made.Operands[4]);
    private Characters _characters = new();

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        var positions = ((FixedColumn<long>)Made.Operands[2].Of(frame)).Values;
        var occurrences = ((FixedColumn<long>)Made.Operands[3].Of(frame)).Values;
        var groups = ((FixedColumn<long>)Made.Operands[5].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            if (_patterns.Of(frame, row, out var problem) is not { } pattern) frame.Fail(row, Made.Where, problem!);
            else if (positions[row] < 1 || occurrences[row] < 1) frame.Fail(row, Made.Where, "position and occurrence count from 1");
            else Find(frame, row, pattern.Regex, _characters.Of(texts[row]), positions[row] - 1, occurrences[row], groups[row], to);
        }
    }

    private void Find(Frame frame, int row, Regex regex, ReadOnlySpan<char> text, long start, long occurrence, long group, TextBuilder to)
    {
        if (start > text.Length) return;
        try
        {
            if (group == 0) FindMatch(regex, text, (int)start, occurrence, to);
            else if (regex.IsMatch(text, (int)start)) FindGroup(regex, text.ToString(), (int)start, occurrence, group, to);
        }
        catch (RegexMatchTimeoutException)
        {
            frame.Fail(row, Made.Where, RegexFailure.TooLong);
        }
    }

    private static void FindMatch(Regex regex, ReadOnlySpan<char> text, int start, long occurrence, TextBuilder to)
    {
        foreach (var match in regex.EnumerateMatches(text, start))
        {
            if (--occurrence > 0) continue;
            Characters.Append(text.Slice(match.Index, match.Length), to);
            return;
        }
    }

    private static void FindGroup(Regex regex, string text, int start, long occurrence, long group, TextBuilder to)
    {
        for (var match = regex.Match(text, start); match.Success; match = match.NextMatch())
        {
            if (--occurrence > 0) continue;
            if (group is > 0 and <= int.MaxValue && match.Groups[(int)group] is { Success: true } found) Characters.Append(found.ValueSpan, to);
            return;
        }
    }
}
