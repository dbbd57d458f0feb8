using System.Numerics;

namespace Chunnel.Core;

/// <summary>Whole numbers as Java reads and prints them: an optional sign and digits, nothing else.</summary>
public static class IntText
{
    /// <summary>Room that any 64-bit number fits in.</summary>
    public const int MostBytes = 20;

    public static ParseOutcome TryParse(ReadOnlySpan<byte> text, out long value) => TryParse(text, long.MinValue, long.MaxValue, out value);

    /// <summary>Reads a number of the given width; the value is 0 unless the outcome is exact.</summary>
    public static ParseOutcome TryParse<T>(ReadOnlySpan<byte> text, out T value) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var outcome = TryParse(text, long.CreateSaturating(T.MinValue), long.CreateSaturating(T.MaxValue), out var wide);
        value = T.CreateTruncating(wide);
        return outcome;
    }

    private static ParseOutcome TryParse(ReadOnlySpan<byte> text, long least, long most, out long value)
    {
        value = 0;
        var negative = text.Length > 0 && text[0] == '-';
        var at = negative || (text.Length > 0 && text[0] == '+') ? 1 : 0;
        if (at == text.Length) return ParseOutcome.Malformed;

        // Counted downwards: the least number has no positive counterpart.
        long sum = 0;
        var tooLong = false;
        for (; at < text.Length; at++)
        {
            var digit = text[at] - '0';
            if ((uint)digit > 9) return ParseOutcome.Malformed;
            if (sum < long.MinValue / 10 || (sum == long.MinValue / 10 && digit > 8)) tooLong = true;
            else sum = sum * 10 - digit;
        }
        if (tooLong || (!negative && sum == long.MinValue)) return ParseOutcome.OutOfRange;
        var result = negative ? sum : -sum;
        if (result < least || result > most) return ParseOutcome.OutOfRange;
        value = result;
        return ParseOutcome.Exact;
    }
}
