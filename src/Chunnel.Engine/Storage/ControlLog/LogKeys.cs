using System.Globalization;

namespace Chunnel.Engine;

/// <summary>The keys of a log on its medium. Numbers have leading zeros, so that a listing is in their order.</summary>
internal static class LogKeys
{
    public const string Opens = "open/";

    public const string AllSegments = "seg/";

    private const string Digits = "D12";

    /// <summary>Whoever writes it first is the only one who may become the master of the epoch.</summary>
    public static string Open(long epoch) => Opens + Number(epoch);

    public static string Segments(long epoch) => $"{AllSegments}{Number(epoch)}/";

    public static string Segment(long epoch, long slot) => Segments(epoch) + Number(slot);

    public static long EpochOfOpen(string key) => Parse(key.AsSpan(Opens.Length), key);

    public static (long Epoch, long Slot) OfSegment(string key)
    {
        var rest = key.AsSpan(AllSegments.Length);
        var slash = rest.IndexOf('/');
        if (slash < 0) throw Foreign(key);
        return (Parse(rest[..slash], key), Parse(rest[(slash + 1)..], key));
    }

    private static string Number(long value) => value.ToString(Digits, CultureInfo.InvariantCulture);

    private static long Parse(ReadOnlySpan<char> digits, string key) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : throw Foreign(key);

    private static CorruptStateException Foreign(string key) => new($"'{key}' is no key of a control log.")
    {
        Mend = "Something else writes into its place: let the control log lie in a place of its own.",
    };
}
