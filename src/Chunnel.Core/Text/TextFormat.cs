namespace Chunnel.Core;

/// <summary>How values become text, and text values. Immutable; the ready ones cover console, text files and JSON.</summary>
public sealed record TextFormat
{
    // First, for the formats below take it when they are made.
    private static readonly byte[][] DefaultSeparators = [[1], [2], [3], [4], [5], [6], [7]];

    /// <summary>As the console shows rows: Java's toString of each value.</summary>
    public static readonly TextFormat Console = new() { Bytes = BytesText.Numbers, Nested = NestedText.Brackets, JavaDecimals = true };

    /// <summary>As text and CSV files hold them by default (spec connectors.md 6.2).</summary>
    public static readonly TextFormat File = new()
    {
        Date = TimePattern.Parse("yyyy-MM-dd"),
        Timestamp = TimePattern.Parse("yyyy-MM-dd HH:mm:ss"),
        Time = TimePattern.Parse("HH:mm:ss"),
    };

    /// <summary>As JSON holds them, strings without quotes at the top level: ISO times, base64 (spec connectors.md 2.2).</summary>
    public static readonly TextFormat Json = new() { Bytes = BytesText.Base64, Nested = NestedText.Json, IsoTimes = true };

    /// <summary>The pattern of dates; without one Java's toString is written, and any known form is read.</summary>
    public TimePattern? Date { get; init; }

    /// <summary>The pattern of times; without one Java's toString is written, and any known form is read.</summary>
    public TimePattern? Time { get; init; }

    /// <summary>The pattern of timestamps; without one Java's toString is written, and any known form is read.</summary>
    public TimePattern? Timestamp { get; init; }

    /// <summary>Without a pattern, times are written with seconds always and only the digits that count: ISO_LOCAL_TIME instead of toString.</summary>
    public bool IsoTimes { get; init; }

    /// <summary>Decimals as BigDecimal.toString (with an exponent where it has one) instead of plain.</summary>
    public bool JavaDecimals { get; init; }

    public BytesText Bytes { get; init; }

    public NestedText Nested { get; init; } = NestedText.Separated;

    /// <summary>What a null is written as, at every depth.</summary>
    public ReadOnlyMemory<byte> Null { get; init; }

    /// <summary>The separator of fields, then of elements, then of keys and values, and so on down.</summary>
    public IReadOnlyList<byte[]> Separators { get; init; } = DefaultSeparators;
}
