using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>The code of a text's first character; 0 for an empty text.</summary>
internal sealed class FirstCode(Emission made) : FixedRows<int>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<int> to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            var text = texts[row];
            if (text.IsEmpty) continue;
            Rune.DecodeFromUtf8(text, out var first, out _);
            to[row] = first.Value;
        }
    }
}

/// <summary>The character of a code. A number that is none's fails the row.</summary>
internal sealed class CharacterOf(Emission made) : TextRows(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var codes = ((FixedColumn<long>)Made.Operands[0].Of(frame)).Values;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            if (codes[row] is >= 0 and <= 0x10FFFF && Rune.TryCreate((int)codes[row], out var rune)) to.Append(utf8[..rune.EncodeToUtf8(utf8)]);
            else frame.Fail(row, Made.Where, $"{codes[row]} is no character's code");
        }
    }
}

/// <summary>Four hexadecimal digits for each UTF-16 unit of a text, or two for each byte of bytes.</summary>
internal sealed class ToHex(Emission made) : TextRows(made)
{
    private char[] _chars = [];

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var values = (TextColumn)Made.Operands[0].Of(frame);
        var isText = values.Type.Kind == TypeKind.String;
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            var value = values[row];
            var length = isText ? PutUnits(value, to) : PutBytes(value, to);
            to.Ends[to.Count] = to.ByteCount + length;
            to.Advance(1, length);
        }
    }

    private int PutUnits(ReadOnlySpan<byte> text, TextBuilder to)
    {
        if (_chars.Length < text.Length) _chars = new char[Math.Max(256, text.Length)];
        var units = Encoding.UTF8.GetChars(text, _chars);
        var space = to.Space(4 * units);
        for (var i = 0; i < units; i++) ((int)_chars[i]).TryFormat(space[(4 * i)..], out _, "x4", System.Globalization.CultureInfo.InvariantCulture);
        return 4 * units;
    }

    private static int PutBytes(ReadOnlySpan<byte> bytes, TextBuilder to)
    {
        Convert.TryToHexStringLower(bytes, to.Space(2 * bytes.Length), out var written);
        return written;
    }
}

/// <summary>The text whose UTF-16 units are written as four hexadecimal digits each. What is no such text fails the row.</summary>
internal sealed class FromHex(Emission made) : TextRows(made)
{
    private const int DigitsOfUnit = 4;

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            if (!TryAppend(texts[row], to)) frame.Fail(row, Made.Where, $"\"{Encoding.UTF8.GetString(texts[row])}\" is no text in hexadecimal digits, four for each character");
        }
    }

    private static bool TryAppend(ReadOnlySpan<byte> digits, TextBuilder to)
    {
        if (digits.Length % DigitsOfUnit != 0) return false;
        var space = to.Space(digits.Length);
        var length = 0;
        for (var at = 0; at < digits.Length;)
        {
            if (!TryUnit(digits, ref at, out var unit)) return false;
            Rune rune;
            if (char.IsHighSurrogate(unit))
            {
                if (at >= digits.Length || !TryUnit(digits, ref at, out var low) || !Rune.TryCreate(unit, low, out rune)) return false;
            }
            else if (!Rune.TryCreate(unit, out rune)) return false;
            length += rune.EncodeToUtf8(space[length..]);
        }
        to.Ends[to.Count] = to.ByteCount + length;
        to.Advance(1, length);
        return true;
    }

    private static bool TryUnit(ReadOnlySpan<byte> digits, ref int at, out char unit)
    {
        var read = ushort.TryParse(digits.Slice(at, DigitsOfUnit), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value);
        at += DigitsOfUnit;
        unit = (char)value;
        return read;
    }
}
