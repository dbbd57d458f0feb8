using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Chunnel.Transforms.Providers;

/// <summary>Where answers stand in a response: <c>$.choices[*].message.content</c>.</summary>
internal sealed class AnswerPath
{
    private const string All = "*";

    private readonly IReadOnlyList<(string? Name, int Index)> _steps;

    private AnswerPath(string text, IReadOnlyList<(string? Name, int Index)> steps)
    {
        Text = text;
        _steps = steps;
    }

    public string Text { get; }

    public static string? WrongPath(string text) => TryParse(text, out _, out var wrong) ? null : $"The value of 'custom_response_parse' cannot be read: {wrong}. A path is made of $, .name, ['name'], [number] and [*].";

    public static AnswerPath Parse(string text)
    {
        if (TryParse(text, out var path, out var wrong)) return path;
        throw new FormatException(wrong);
    }

    /// <summary>Everything that stands there, in the order of the response.</summary>
    public IReadOnlyList<JsonElement> Find(JsonElement root)
    {
        List<JsonElement> found = [root];
        foreach (var (name, index) in _steps) found = [.. found.SelectMany(element => Step(element, name, index))];
        return found;
    }

    private static IEnumerable<JsonElement> Step(JsonElement from, string? name, int index) => (from.ValueKind, name) switch
    {
        (JsonValueKind.Array, All) => from.EnumerateArray(),
        (JsonValueKind.Object, All) => from.EnumerateObject().Select(member => member.Value),
        (JsonValueKind.Array, null) => index < from.GetArrayLength() ? [from[index]] : [],
        (JsonValueKind.Object, not null) => from.TryGetProperty(name, out var member) ? [member] : [],
        _ => [],
    };

    private static bool TryParse(string text, [NotNullWhen(true)] out AnswerPath? path, [NotNullWhen(false)] out string? wrong)
    {
        path = null;
        var steps = new List<(string?, int)>();
        wrong = text.StartsWith('$') ? null : "it does not begin with $";
        for (var at = 1; at < text.Length && wrong is null;) wrong = text[at] == '.' ? Member(text, ref at, steps) : text[at] == '[' ? Brackets(text, ref at, steps) : "a step begins with . or [";
        if (wrong is null) path = new AnswerPath(text, steps);
        return path is not null;
    }

    private static string? Member(string text, ref int at, List<(string?, int)> steps)
    {
        var end = text.AsSpan(at + 1).IndexOfAny('.', '[') is var length and >= 0 ? at + 1 + length : text.Length;
        var name = text[(at + 1)..end];
        at = end;
        if (name.Length == 0) return "a name is empty";
        steps.Add((name, -1));
        return null;
    }

    private static string? Brackets(string text, ref int at, List<(string?, int)> steps)
    {
        var close = text.IndexOf(']', at);
        if (close < 0) return "a [ is not closed";
        var inner = text[(at + 1)..close].Trim();
        at = close + 1;
        if (inner is All) steps.Add((All, -1));
        else if (inner is ['\'', .., '\''] or ['"', .., '"']) steps.Add((inner[1..^1], -1));
        else if (int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) steps.Add((null, index));
        else return "brackets hold a number, a name in quotes or *";
        return null;
    }
}
