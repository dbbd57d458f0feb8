using System.Diagnostics;
using System.Runtime.CompilerServices;
using Chunnel.Transforms.Sql.Kernels.Texts;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>A text and arguments in, a piece of the text out. The caller looks after nulls.</summary>
internal interface ITextPart
{
    /// <summary>The bytes from start to end; a negative start for null.</summary>
    static abstract (int Start, int End) Find(ReadOnlySpan<byte> text, in TextArguments arguments);

    /// <summary>True when it does not matter what the characters are: then <see cref="Within"/> tells it for ASCII.</summary>
    static virtual bool GoesByPosition => false;

    /// <summary>The same for a text of so many characters.</summary>
    static virtual (int Start, int End) Within(int length, long first, long second) => throw new UnreachableException("It looks at the characters.");
}

/// <summary>From a position, 1 first, negative from the end, so many characters. Nothing left is null (spec transforms.md 6.1).</summary>
internal readonly struct Substring : ITextPart
{
    public static bool GoesByPosition => true;

    public static (int Start, int End) Find(ReadOnlySpan<byte> text, in TextArguments arguments)
    {
        var (start, end) = Within(Utf16Units.Count(text), arguments.First, arguments.Second);
        if (start < 0) return (-1, 0);
        var from = Utf16Units.ByteAt(text, start);
        return (from, Math.Max(from, Utf16Units.ByteAt(text, end)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Start, int End) Within(int length, long first, long second)
    {
        var start = first > 0 ? first - 1 : first == 0 ? 0 : length + first;
        return (ulong)start >= (ulong)length || second <= 0 ? (-1, 0) : ((int)start, (int)(start + Math.Min(second, length - start)));
    }
}

internal readonly struct Left : ITextPart
{
    public static bool GoesByPosition => true;

    public static (int Start, int End) Find(ReadOnlySpan<byte> text, in TextArguments arguments) => (0, Utf16Units.ByteAt(text, arguments.First));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Start, int End) Within(int length, long first, long second) => (0, (int)Math.Clamp(first, 0, length));
}

internal readonly struct Right : ITextPart
{
    public static bool GoesByPosition => true;

    public static (int Start, int End) Find(ReadOnlySpan<byte> text, in TextArguments arguments) =>
        (arguments.First <= 0 ? text.Length : Utf16Units.ByteAt(text, Utf16Units.Count(text) - arguments.First), text.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Start, int End) Within(int length, long first, long second) => (length - (int)Math.Clamp(first, 0, length), length);
}

/// <summary>Drops the first character of the argument from both ends, however often it stands there.</summary>
internal readonly struct TrimBoth : ITextPart
{
    public static (int Start, int End) Find(ReadOnlySpan<byte> text, in TextArguments arguments)
    {
        var start = TrimLeft.StartOf(text, arguments.Text);
        return (start, start + TrimRight.EndOf(text[start..], arguments.Text));
    }
}

internal readonly struct TrimLeft : ITextPart
{
    public static (int Start, int End) Find(ReadOnlySpan<byte> text, in TextArguments arguments) => (StartOf(text, arguments.Text), text.Length);

    public static int StartOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> characters)
    {
        var character = Utf16Units.First(characters.IsEmpty ? " "u8 : characters);
        var start = 0;
        while (text[start..].StartsWith(character)) start += character.Length;
        return start;
    }
}

internal readonly struct TrimRight : ITextPart
{
    public static (int Start, int End) Find(ReadOnlySpan<byte> text, in TextArguments arguments) => (0, EndOf(text, arguments.Text));

    public static int EndOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> characters)
    {
        var character = Utf16Units.First(characters.IsEmpty ? " "u8 : characters);
        var end = text.Length;
        while (text[..end].EndsWith(character)) end -= character.Length;
        return end;
    }
}
