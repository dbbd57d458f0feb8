using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>How the time stands in a file's name.</summary>
internal static class NameTime
{
    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? WrongWith(string pattern) =>
        TimePattern.TryParse(pattern, out _, out var problem) ? null : $"The value '{pattern}' of 'filename_time_format' is no time pattern: {problem}.";

    public static string Of(DateTimeOffset local, TimePattern pattern) =>
        pattern.ToText(CivilTime.FromMicros((local.DateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond));
}
