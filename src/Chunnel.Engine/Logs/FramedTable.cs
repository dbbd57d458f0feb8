using System.Text;

namespace Chunnel.Engine;

/// <summary>SeaTunnel's framed table of names and values (spec engine.md 14.5).</summary>
public static class FramedTable
{
    private const int Width = 47;
    private const int NameWidth = 26;
    private const int ValueWidth = 19;

    private static readonly string _frame = new('*', Width);

    public static string Of(string title, params IReadOnlyList<(string Name, string Value)> rows)
    {
        var text = new StringBuilder();
        text.Append('\n').Append(_frame).Append('\n');
        text.Append(' ', (Width - title.Length) / 2).Append(title).Append('\n');
        text.Append(_frame).Append('\n');
        foreach (var (name, value) in rows) text.Append(name.PadRight(NameWidth)).Append(": ").Append(value.PadLeft(ValueWidth)).Append('\n');
        return text.Append(_frame).Append('\n').ToString();
    }
}
