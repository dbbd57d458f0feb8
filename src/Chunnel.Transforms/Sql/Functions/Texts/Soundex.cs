using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>How an English word sounds: its first letter and three digits. Vowels part equal digits, H and W do not; what is no letter is passed over.</summary>
internal readonly struct Soundex : ITextFunction
{
    private const int Length = 4;
    private const byte Vowel = (byte)'V';
    private const byte Silent = (byte)'S';

    /// <summary>The digit of each letter from A to Z.</summary>
    private static ReadOnlySpan<byte> Digits => "V123V12SV22455V12623V1S2V2"u8;

    public static void Append(ReadOnlySpan<byte> text, in TextArguments arguments, TextBuilder to)
    {
        Span<byte> code = [(byte)'0', (byte)'0', (byte)'0', (byte)'0'];
        var count = 0;
        byte last = 0;
        foreach (var b in text)
        {
            var letter = (byte)(b & 0xDF);
            if (letter is < (byte)'A' or > (byte)'Z') continue;
            var digit = Digits[letter - 'A'];
            if (count == 0) code[count++] = letter;
            else if (digit is not (Vowel or Silent) && digit != last) code[count++] = digit;
            if (digit != Silent) last = digit;
            if (count == Length) break;
        }
        to.Append(code);
    }
}
