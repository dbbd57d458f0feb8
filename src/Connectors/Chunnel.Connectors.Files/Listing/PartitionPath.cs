using System.Text;

namespace Chunnel.Connectors.Files;

/// <summary>
/// The <c>k=v</c> folders of a path, as Hive lays tables out. Letters that a folder's name cannot hold are written as <c>%2F</c>; a null
/// is <see cref="NullName"/>.
/// </summary>
public static class PartitionPath
{
    /// <summary>What a partition folder is called whose value is null.</summary>
    public const string NullName = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>Names and values in the order of the path, from the folders alone. A name that comes twice counts where it stands deepest.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Parse(string path)
    {
        var found = new List<KeyValuePair<string, string?>>();
        foreach (var folder in FilePaths.FolderOf(path).Split('/'))
        {
            var equals = folder.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) continue;
            var name = Unescape(folder[..equals]);
            var value = folder[(equals + 1)..];
            found.RemoveAll(pair => pair.Key == name);
            found.Add(new(name, value == NullName ? null : Unescape(value)));
        }
        return found;
    }

    /// <summary>A value as a folder's name, or part of one.</summary>
    public static string Escape(string? value)
    {
        if (value is null) return NullName;
        if (value is "." or "..") return value.Replace(".", "%2E", StringComparison.Ordinal);
        if (!value.Any(NeedsEscape)) return value;
        var text = new StringBuilder(value.Length + 8);
        foreach (var c in value)
        {
            if (NeedsEscape(c)) text.Append('%').Append(((int)c).ToString("X2"));
            else text.Append(c);
        }
        return text.ToString();
    }

    private static bool NeedsEscape(char c) => c is < ' ' or '\u007F' or '/' or '\\' or '%';

    private static string Unescape(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code) && code < 0x80)
            {
                plain.Append((char)code);
                i += 2;
            }
            else
            {
                plain.Append(text[i]);
            }
        }
        return plain.ToString();
    }
}
