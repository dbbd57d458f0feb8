namespace Chunnel.Formats;

/// <summary>Lines as people count them: a line feed, a carriage return or both together end one.</summary>
internal static class TextLines
{
    /// <summary>Line ends within the bytes; a carriage return at their very end counts as one.</summary>
    public static int Count(ReadOnlySpan<byte> bytes)
    {
        var lines = System.MemoryExtensions.Count(bytes, (byte)'\n');
        for (var at = bytes.IndexOf((byte)'\r'); at >= 0;)
        {
            if (at + 1 >= bytes.Length || bytes[at + 1] != '\n') lines++;
            var next = bytes[(at + 1)..].IndexOf((byte)'\r');
            at = next < 0 ? -1 : at + 1 + next;
        }
        return lines;
    }

    /// <summary>Where the line behind the one at the start begins; -1 when the bytes end before that can be said.</summary>
    public static int NextLine(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0) return isLast ? bytes.Length : -1;
        if (bytes[end] == '\n') return end + 1;
        if (end + 1 < bytes.Length) return bytes[end + 1] == '\n' ? end + 2 : end + 1;
        return isLast ? end + 1 : -1;
    }
}
