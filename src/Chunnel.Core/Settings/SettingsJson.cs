using System.Text;

namespace Chunnel.Core;

/// <summary>Writes settings as JSON text: numbers as they were written, text escaped, order kept.</summary>
public static class SettingsJson
{
    /// <summary>On one line, without blanks.</summary>
    public static string Compact(SettingsNode node)
    {
        var text = new StringBuilder();
        Write(text, node, depth: -1);
        return text.ToString();
    }

    /// <summary>As SeaTunnel prints a job: four blanks per level, <c>"key" : value</c>, empty lists and objects on one line.</summary>
    public static string Pretty(SettingsNode node)
    {
        var text = new StringBuilder();
        Write(text, node, depth: 0);
        return text.ToString();
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        WriteText(quoted, text);
        return quoted.ToString();
    }

    private static void Write(StringBuilder text, SettingsNode node, int depth)
    {
        switch (node)
        {
            case SettingsObject { Entries: var entries }:
                WriteMany(text, '{', '}', entries, depth, (entry, inner) =>
                {
                    WriteText(text, entry.Key);
                    text.Append(inner < 0 ? ":" : " : ");
                    Write(text, entry.Value, inner);
                });
                break;
            case SettingsList { Items: var items }:
                WriteMany(text, '[', ']', items, depth, (item, inner) => Write(text, item, inner));
                break;
            case SettingsScalar { Kind: ScalarKind.Text } scalar:
                WriteText(text, scalar.Text);
                break;
            case SettingsScalar { Kind: ScalarKind.Null }:
                text.Append("null");
                break;
            case SettingsScalar scalar:
                text.Append(scalar.Text);
                break;
        }
    }

    private static void WriteMany<T>(StringBuilder text, char open, char close, IReadOnlyList<T> parts, int depth, Action<T, int> write)
    {
        var inner = depth < 0 ? -1 : depth + 1;
        text.Append(open);
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) text.Append(',');
            if (inner > 0) text.Append('\n').Append(' ', inner * 4);
            write(parts[i], inner);
        }
        if (inner > 0 && parts.Count > 0) text.Append('\n').Append(' ', depth * 4);
        text.Append(close);
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ': text.Append("\\u").Append(((int)c).ToString("x4")); break;
                default: text.Append(c); break;
            }
        }
        text.Append('"');
    }
}
