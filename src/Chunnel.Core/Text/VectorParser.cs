using System.Buffers.Binary;

namespace Chunnel.Core;

/// <summary>Reads vectors as <see cref="ValueText"/> writes them: <c>[0.5, 1.0]</c>, and <c>{"3":0.5}</c> for sparse ones.</summary>
internal static class VectorParser
{
    /// <summary>Appends the vector, or reports that the text is none or has another dimension than the type; then nothing is appended.</summary>
    public static ParseOutcome TryAppend(ReadOnlySpan<byte> text, TextBuilder to)
    {
        var type = (VectorType)to.Type;
        if (type.Kind == TypeKind.BinaryVector) return TryAppendNumbers(text, to) ? ParseOutcome.Exact : ParseOutcome.Malformed;
        var sparse = type.Kind == TypeKind.SparseFloatVector;
        if (!TryOpen(ref text, sparse ? (byte)'{' : (byte)'[', sparse ? (byte)'}' : (byte)']')) return ParseOutcome.Malformed;
        var width = VectorValues.ElementBytes(type.Kind);
        var space = to.Space(checked((text.Count((byte)',') + 1) * width));
        var bytes = 0;
        var more = !text.IsEmpty;
        while (more)
        {
            more = Next(ref text, out var element);
            if (!(sparse ? TryEntry(element, space[bytes..]) : TryNumber(element, space[bytes..], VectorValues.WidthOf(type.Kind)))) return ParseOutcome.Malformed;
            bytes += width;
        }
        if (!sparse && type.Dimension > 0 && bytes / width != type.Dimension) return ParseOutcome.OutOfRange;
        Close(to, bytes);
        return ParseOutcome.Exact;
    }

    /// <summary>Appends bytes given as <c>[104, -61]</c>, signed or unsigned; false when the text is no such list, and then nothing is appended.</summary>
    public static bool TryAppendNumbers(ReadOnlySpan<byte> text, TextBuilder to)
    {
        if (!TryOpen(ref text, (byte)'[', (byte)']')) return false;
        var space = to.Space(text.Count((byte)',') + 1);
        var bytes = 0;
        var more = !text.IsEmpty;
        while (more)
        {
            more = Next(ref text, out var element);
            if (IntText.TryParse<short>(element, out var value) != ParseOutcome.Exact || value is < sbyte.MinValue or > byte.MaxValue) return false;
            space[bytes++] = (byte)value;
        }
        Close(to, bytes);
        return true;
    }

    private static void Close(TextBuilder to, int bytes)
    {
        to.EnsureCapacity(to.Count + 1);
        to.Ends[to.Count] = to.ByteCount + bytes;
        to.Advance(1, bytes);
    }

    private static bool TryOpen(ref ReadOnlySpan<byte> text, byte open, byte close)
    {
        text = text.Trim((byte)' ');
        if (text.Length < 2 || text[0] != open || text[^1] != close) return false;
        text = text[1..^1].Trim((byte)' ');
        return true;
    }

    private static bool Next(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> element)
    {
        var end = text.IndexOf((byte)',');
        element = (end < 0 ? text : text[..end]).Trim((byte)' ');
        text = end < 0 ? [] : text[(end + 1)..];
        return end >= 0;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, Span<byte> to, int width)
    {
        if (JavaFloat.TryParse(text, out var value) != ParseOutcome.Exact) return false;
        VectorValues.Write(to, value, width);
        return true;
    }

    private static bool TryEntry(ReadOnlySpan<byte> text, Span<byte> to)
    {
        var colon = text.IndexOf((byte)':');
        if (colon < 0 || IntText.TryParse<int>(text[..colon].Trim(" \""u8), out var index) != ParseOutcome.Exact) return false;
        BinaryPrimitives.WriteInt32LittleEndian(to, index);
        return TryNumber(text[(colon + 1)..].Trim((byte)' '), to[4..], sizeof(float));
    }
}
