using System.Text.Json;

namespace Chunnel.Connectors.Files;

/// <summary>Finds a cut between two lines of JSON. A file whose values span lines has none.</summary>
internal static class JsonBorder
{
    /// <summary>A cut stands behind an object; the line break that follows it has at most so many bytes.</summary>
    public const int MostBreakBytes = 2;

    private const int LinesToBeSure = 8;

    /// <summary>True when the start of a file looks like one object a line.</summary>
    public static bool IsLines(ReadOnlyMemory<byte> head)
    {
        var bytes = head.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        return HoldsObjects(bytes);
    }

    /// <summary>Where the first object ends that a line break and another object follow; 0 when none is sure.</summary>
    public static int Find(ReadOnlySpan<byte> window)
    {
        var lineBreak = window.IndexOf((byte)'\n');
        if (lineBreak < 1 || lineBreak + 1 >= window.Length || window[lineBreak + 1] != '{') return 0;
        var end = window[lineBreak - 1] == '\r' ? lineBreak - 1 : lineBreak;
        return end > 0 && window[end - 1] == '}' && HoldsObjects(window[(lineBreak + 1)..]) ? end : 0;
    }

    /// <summary>Each of the first lines is an object of its own.</summary>
    private static bool HoldsObjects(ReadOnlySpan<byte> lines)
    {
        var sure = 0;
        for (int end; sure < LinesToBeSure && (end = lines.IndexOf((byte)'\n')) >= 0; lines = lines[(end + 1)..])
        {
            var line = lines[..end].Trim(" \t\r"u8);
            if (line.IsEmpty) continue;
            if (!IsObject(line)) return false;
            sure++;
        }
        return sure > 0;
    }

    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        if (line[0] != '{') return false;
        try
        {
            var reader = new Utf8JsonReader(line);
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
