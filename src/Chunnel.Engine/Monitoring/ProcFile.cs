using System.Globalization;

namespace Chunnel.Engine;

/// <summary>Reads the files in which Linux tells of itself; elsewhere there are none and nothing is told.</summary>
internal static class ProcFile
{
    private const long KiB = 1024;

    /// <summary>Lines like <c>MemTotal:  24632 kB</c>, in bytes.</summary>
    public static Dictionary<string, long> Sizes(string path)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in Lines(path))
        {
            if (!line.EndsWith(" kB", StringComparison.Ordinal)) continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (long.TryParse(line.AsSpan(colon + 1, line.Length - colon - 4), CultureInfo.InvariantCulture, out var value)) sizes[line[..colon]] = value * KiB;
        }
        return sizes;
    }

    /// <summary>The one number that a file holds; null when it is not there or holds a word, such as <c>max</c>.</summary>
    public static long? Number(string path) =>
        long.TryParse(Text(path), CultureInfo.InvariantCulture, out var number) ? number : null;

    public static double? LoadAverage() =>
        Text("/proc/loadavg") is { } text && double.TryParse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture, out var load) ? load : null;

    /// <summary>Ticks that all processors were busy, and all ticks, since the machine started.</summary>
    public static (long Busy, long All)? MachineTicks()
    {
        // cpu user nice system idle iowait irq softirq steal; what guests use is part of user.
        const int Idle = 3, Waiting = 4, Counted = 8;
        if (Lines("/proc/stat").FirstOrDefault() is not { } first) return null;
        var ticks = first.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Counted).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var all = ticks.Sum();
        return (all - ticks[Idle] - ticks[Waiting], all);
    }

    public static int? OpenFiles()
    {
        try
        {
            return Directory.Exists("/proc/self/fd") ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>How many files the process may have open; null without a limit.</summary>
    public static long? MostFiles()
    {
        const string Name = "Max open files";
        var words = Lines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var soft, ..] && long.TryParse(soft, CultureInfo.InvariantCulture, out var most) ? most : null;
    }

    public static string? Text(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // A thread that ended while it was looked at, or a door that is closed to us.
            return null;
        }
    }

    private static string[] Lines(string path) => Text(path)?.Split('\n') ?? [];
}
