namespace Chunnel.Rest;

/// <summary>The end of a file of lines.</summary>
internal static class LogTail
{
    private const int LongestLine = 64 << 10;

    /// <summary>Goes to the first line that begins within the last bytes of a file; where one line fills them all, to its first whole letter.</summary>
    public static void Seek(FileStream file, long mostBytes)
    {
        // The byte before them tells whether a line begins with the first one.
        var from = file.Length - mostBytes - 1;
        var bytes = new byte[(int)Math.Min(LongestLine, mostBytes + 1)];
        file.Position = from;
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var end = bytes.AsSpan(0, read).IndexOf((byte)'\n');
        if (end < 0 || from + end + 1 == file.Length)
        {
            end = 0;
            while (end + 1 < read && IsInsideLetter(bytes[end + 1])) end++;
        }
        file.Position = from + end + 1;
    }

    /// <summary>UTF-8 marks all bytes of a letter but the first.</summary>
    private static bool IsInsideLetter(byte value) => (value & 0b1100_0000) == 0b1000_0000;
}
