using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Texts;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>Arguments of a text function for one row, behind the text itself.</summary>
internal readonly ref struct TextArguments
{
    /// <summary>True when the text is known to be ASCII: then a character is a byte.</summary>
    public bool IsAscii { get; init; }

    public long First { get; init; }

    public long Second { get; init; }

    public ReadOnlySpan<byte> Text { get; init; }

    public ReadOnlySpan<byte> OtherText { get; init; }
}

/// <summary>A text and arguments in, a text out. The caller looks after nulls.</summary>
internal interface ITextFunction
{
    /// <summary>Appends the result for one row: exactly one value or one null.</summary>
    static abstract void Append(ReadOnlySpan<byte> text, in TextArguments arguments, TextBuilder to);
}

/// <summary>Every occurrence of a text by another; an empty text is nowhere.</summary>
internal readonly struct ReplaceText : ITextFunction
{
    public static void Append(ReadOnlySpan<byte> text, in TextArguments arguments, TextBuilder to)
    {
        var find = arguments.Text;
        var found = find.IsEmpty ? -1 : text.IndexOf(find);
        if (found < 0)
        {
            to.Append(text);
            return;
        }
        var length = text.Length + text.Count(find) * (arguments.OtherText.Length - find.Length);
        var space = to.Space(length);
        for (; found >= 0; found = text.IndexOf(find))
        {
            text[..found].CopyTo(space);
            arguments.OtherText.CopyTo(space[found..]);
            space = space[(found + arguments.OtherText.Length)..];
            text = text[(found + find.Length)..];
        }
        text.CopyTo(space);
        to.Ends[to.Count] = to.ByteCount + length;
        to.Advance(1, length);
    }
}

/// <summary>Filled to a length at the left with one character, or cut to it.</summary>
internal readonly struct PadLeft : ITextFunction
{
    public static void Append(ReadOnlySpan<byte> text, in TextArguments arguments, TextBuilder to) => Padding.Append(text, arguments, to, left: true);
}

internal readonly struct PadRight : ITextFunction
{
    public static void Append(ReadOnlySpan<byte> text, in TextArguments arguments, TextBuilder to) => Padding.Append(text, arguments, to, left: false);
}

internal static class Padding
{
    /// <summary>A text of more bytes than these is a mistake of the length.</summary>
    public const int MostBytes = 16 << 20;

    public static void Append(ReadOnlySpan<byte> text, in TextArguments arguments, TextBuilder to, bool left)
    {
        var missing = arguments.First - Utf16Units.Count(text, arguments.IsAscii);
        if (missing <= 0)
        {
            to.Append(text[..Utf16Units.ByteAt(text, arguments.First, arguments.IsAscii)]);
            return;
        }
        var character = Utf16Units.First(arguments.Text.IsEmpty ? " "u8 : arguments.Text);
        var padding = (int)Math.Min(missing, MostBytes) * character.Length;
        var space = to.Space(padding + text.Length);
        text.CopyTo(space[(left ? padding : 0)..]);
        var pad = space.Slice(left ? 0 : text.Length, padding);
        for (var at = 0; at < padding; at += character.Length) character.CopyTo(pad[at..]);
        to.Ends[to.Count] = to.ByteCount + padding + text.Length;
        to.Advance(1, padding + text.Length);
    }
}

/// <summary>The text so many times; none or fewer is empty.</summary>
internal readonly struct Repeat : ITextFunction
{
    public static void Append(ReadOnlySpan<byte> text, in TextArguments arguments, TextBuilder to)
    {
        var times = text.IsEmpty ? 0 : (int)Math.Clamp(arguments.First, 0, Padding.MostBytes / text.Length);
        var space = to.Space(times * text.Length);
        for (var i = 0; i < times; i++) text.CopyTo(space[(i * text.Length)..]);
        to.Ends[to.Count] = to.ByteCount + times * text.Length;
        to.Advance(1, times * text.Length);
    }
}
