using System.Text;

namespace Chunnel.Transforms.Sql.Kernels.Texts;

/// <summary>
/// A LIKE pattern over UTF-8: <c>%</c> is any text, <c>_</c> any one character, everything else itself. Patterns of the usual shapes
/// (a text at the start, at the end, somewhere, or the whole) are told by one search.
/// </summary>
internal sealed class LikePattern
{
    private readonly Shape _shape;
    private readonly byte[] _text;
    private readonly Step[] _steps;

    /// <param name="pattern">The pattern.</param>
    /// <param name="escape">A character that takes the meaning from the next, or null.</param>
    public LikePattern(ReadOnlySpan<byte> pattern, Rune? escape = null)
    {
        _steps = Read(pattern, escape);
        var literal = _steps.Where(step => step.Kind == StepKind.Byte).Select(step => step.Value).ToArray();
        var wild = _steps.Any(step => step.Kind == StepKind.One);
        var many = _steps.Count(step => step.Kind == StepKind.Many);
        var starts = _steps is [{ Kind: StepKind.Many }, ..];
        var ends = _steps is [.., { Kind: StepKind.Many }];
        _text = literal;
        _shape = (wild, many, starts, ends) switch
        {
            (false, 0, _, _) => Shape.Whole,
            (false, 1, true, true) => Shape.Anything,
            (false, 1, true, false) => Shape.End,
            (false, 1, false, true) => Shape.Start,
            (false, 2, true, true) => Shape.Somewhere,
            _ => Shape.General,
        };
    }

    /// <summary>The text, when the pattern is nothing but it.</summary>
    public byte[]? WholeText => _shape == Shape.Whole ? _text : null;

    public bool Matches(ReadOnlySpan<byte> value) => _shape switch
    {
        Shape.Whole => value.SequenceEqual(_text),
        Shape.Start => value.StartsWith(_text),
        Shape.End => value.EndsWith(_text),
        Shape.Somewhere => value.IndexOf(_text) >= 0,
        Shape.Anything => true,
        _ => MatchesSteps(value),
    };

    /// <summary>Goes through value and pattern together; at a mistake back to the last <c>%</c>, which then takes one character more.</summary>
    private bool MatchesSteps(ReadOnlySpan<byte> value)
    {
        int at = 0, step = 0, manyStep = -1, manyAt = 0;
        while (at < value.Length)
        {
            if (step < _steps.Length && _steps[step].Kind == StepKind.Many)
            {
                manyStep = step++;
                manyAt = at;
            }
            else if (step < _steps.Length && (_steps[step].Kind == StepKind.One || _steps[step].Value == value[at]))
            {
                at += _steps[step++].Kind == StepKind.One ? CharacterAt(value, at) : 1;
            }
            else if (manyStep >= 0)
            {
                manyAt += CharacterAt(value, manyAt);
                at = manyAt;
                step = manyStep + 1;
            }
            else
            {
                return false;
            }
        }
        while (step < _steps.Length && _steps[step].Kind == StepKind.Many) step++;
        return step == _steps.Length;
    }

    /// <summary>Bytes of the character there; a byte that begins none counts as one.</summary>
    private static int CharacterAt(ReadOnlySpan<byte> value, int at)
    {
        if (value[at] < 0x80) return 1;
        Rune.DecodeFromUtf8(value[at..], out _, out var bytes);
        return Math.Max(1, bytes);
    }

    private static Step[] Read(ReadOnlySpan<byte> pattern, Rune? escape)
    {
        var steps = new List<Step>(pattern.Length);
        var escaped = false;
        while (!pattern.IsEmpty)
        {
            Rune.DecodeFromUtf8(pattern, out var rune, out var bytes);
            var character = pattern[..bytes];
            pattern = pattern[bytes..];
            if (!escaped && rune == escape) escaped = true;
            else if (!escaped && rune.Value == '%')
            {
                // Several in a row are as good as one.
                if (steps is not [.., { Kind: StepKind.Many }]) steps.Add(new Step(StepKind.Many, 0));
            }
            else if (!escaped && rune.Value == '_') steps.Add(new Step(StepKind.One, 0));
            else
            {
                foreach (var b in character) steps.Add(new Step(StepKind.Byte, b));
                escaped = false;
            }
        }
        return [.. steps];
    }

    private enum Shape
    {
        Whole,
        Start,
        End,
        Somewhere,
        Anything,
        General,
    }

    private enum StepKind : byte
    {
        Byte,
        One,
        Many,
    }

    private readonly record struct Step(StepKind Kind, byte Value);
}
