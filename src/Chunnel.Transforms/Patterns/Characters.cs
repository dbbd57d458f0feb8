using System.Text;
using Chunnel.Core;

namespace Chunnel.Transforms.Patterns;

/// <summary>Room for a text's characters, used again for each row.</summary>
internal struct Characters()
{
    private char[] _chars = [];

    /// <summary>The characters of a text, until the next call.</summary>
    public ReadOnlySpan<char> Of(ReadOnlySpan<byte> text)
    {
        if (_chars.Length < text.Length) _chars = new char[Math.Max(256, 2 * text.Length)];
        return _chars.AsSpan(0, Encoding.UTF8.GetChars(text, _chars));
    }

    /// <summary>Appends characters as a value.</summary>
    public static void Append(ReadOnlySpan<char> text, TextBuilder to)
    {
        to.EnsureCapacity(to.Count + 1);
        var length = Encoding.UTF8.GetBytes(text, to.Space(3 * text.Length));
        to.Ends[to.Count] = to.ByteCount + length;
        to.Advance(1, length);
    }
}
