using System.Text;
using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>Each character that stands in the second argument becomes the one at the same place of the third; characters without such a place stay.</summary>
internal readonly struct Translate : ITextFunction
{
    public static void Append(ReadOnlySpan<byte> text, in TextArguments arguments, TextBuilder to)
    {
        // Every character is at least a byte and becomes at most four.
        var space = to.Space(4 * text.Length);
        var length = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out _, out var bytes);
            var character = text[..bytes];
            text = text[bytes..];
            var translated = TranslationOf(character, arguments.Text, arguments.OtherText);
            translated.CopyTo(space[length..]);
            length += translated.Length;
        }
        to.Ends[to.Count] = to.ByteCount + length;
        to.Advance(1, length);
    }

    private static ReadOnlySpan<byte> TranslationOf(ReadOnlySpan<byte> character, ReadOnlySpan<byte> from, ReadOnlySpan<byte> into)
    {
        while (!from.IsEmpty && !into.IsEmpty)
        {
            Rune.DecodeFromUtf8(from, out _, out var bytes);
            Rune.DecodeFromUtf8(into, out _, out var intoBytes);
            if (character.SequenceEqual(from[..bytes])) return into[..intoBytes];
            from = from[bytes..];
            into = into[intoBytes..];
        }
        return character;
    }
}
