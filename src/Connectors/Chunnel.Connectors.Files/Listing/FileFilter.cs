using System.Globalization;
using System.Text.RegularExpressions;
using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Which of the files below a path are read (spec connectors.md 6.2, 6.3).</summary>
public sealed class FileFilter
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(2);

    private readonly Regex? _pattern;
    private readonly bool _wholePath;

    public FileFilter(string? pattern = null)
    {
        if (pattern is null) return;
        _wholePath = pattern.Contains('/', StringComparison.Ordinal);
        _pattern = new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.Singleline, LongestMatch);
    }

    /// <summary>Only files of these partition folders, each written as <c>k=v</c> or <c>k=v/k2=v2</c>; empty for all.</summary>
    public IReadOnlyList<string> Partitions { get; init; } = [];

    /// <summary>Only files with this extension, such as <c>.csv</c> (the dot may be left out); null for all.</summary>
    public string? Extension { get; init => field = value is null or ['.', ..] ? value : "." + value; }

    /// <summary>Only files changed at this time or later.</summary>
    public DateTimeOffset? ModifiedFrom { get; init; }

    /// <summary>Only files changed before this time.</summary>
    public DateTimeOffset? ModifiedBefore { get; init; }

    /// <summary>True when the file is to be read. Empty files, <c>_SUCCESS</c> and names that start with a dot never are.</summary>
    public bool Takes(string root, StoredFile file)
    {
        if (file.Bytes == 0 || file.Modified < ModifiedFrom || file.Modified >= ModifiedBefore) return false;
        var within = FilePaths.Within(root, file.Path);
        var name = FilePaths.NameOf(file.Path);
        if (IsMark(name) || within.Split('/').Any(part => part.StartsWith('.'))) return false;
        if (Extension is { } extension && !name.EndsWith(extension, StringComparison.Ordinal)) return false;
        return MatchesPattern(file.Path, name) && (Partitions.Count == 0 || Partitions.Any(partition => Lies(within, partition)));
    }

    /// <summary>Reads a time of <c>file_filter_modified_start</c> or <c>_end</c>: local, to the second.</summary>
    public static bool TryReadTime(string text, TimeZoneInfo zone, out DateTimeOffset time)
    {
        time = default;
        if (!DateTime.TryParseExact(text.Trim(), [TimeFormat, "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        time = new DateTimeOffset(local, zone.GetUtcOffset(local));
        return true;
    }

    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? WrongWith(string pattern)
    {
        try
        {
            _ = new FileFilter(pattern);
            return null;
        }
        catch (ArgumentException wrong)
        {
            return $"The value '{pattern}' of 'file_filter_pattern' is no regular expression: {wrong.Message}";
        }
    }

    private static bool IsMark(string name) => name is "_SUCCESS" or "_metadata" or "_common_metadata";

    private bool MatchesPattern(string path, string name)
    {
        if (_pattern is null) return true;
        if (!_wholePath) return _pattern.IsMatch(name);
        return _pattern.IsMatch(path) || (!path.StartsWith('/') && _pattern.IsMatch(FilePaths.Clean(Path.GetFullPath(path))));
    }

    private static bool Lies(string within, string partition)
    {
        var folders = $"/{FilePaths.FolderOf(within)}/";
        return folders.Contains($"/{partition.Trim('/')}/", StringComparison.Ordinal);
    }
}
