using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Chunnel.Transforms.Sql.Functions.Json;

/// <summary>A way into a JSON text: <c>$.a.b[0]['c']</c>.</summary>
internal sealed class JsonPath
{
    private readonly List<Step> _steps = [];

    public int Length => _steps.Count;

    public Step this[int step] => _steps[step];

    /// <summary>A path of steps that are known.</summary>
    public static JsonPath Of(IEnumerable<Step> steps)
    {
        var path = new JsonPath();
        path._steps.AddRange(steps);
        return path;
    }

    /// <summary>Reads a path, or says in words why it cannot be.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? problem)
    {
        path = null;
        problem = text.IsEmpty || text[0] != '$' ? "it does not begin with $" : null;
        if (problem is not null) return false;
        var read = new JsonPath();
        text = text[1..];
        while (!text.IsEmpty && problem is null) problem = text[0] == '.' ? read.Member(ref text) : text[0] == '[' ? read.Brackets(ref text) : "a step begins with . or [";
        if (problem is null) path = read;
        return path is not null;
    }

    private string? Member(ref ReadOnlySpan<byte> text)
    {
        var end = text[1..].IndexOfAny((byte)'.', (byte)'[') + 1;
        if (end == 0) end = text.Length;
        var name = text[1..end];
        text = text[end..];
        if (name.IsEmpty) return "a name is empty (.. is not supported)";
        if (name is [(byte)'*']) return ".* is not supported";
        _steps.Add(new Step(name.ToArray(), -1));
        return null;
    }

    private string? Brackets(ref ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[1] is (byte)'\'' or (byte)'"')
        {
            var end = text[2..].IndexOf(text[1]) + 2;
            if (end < 2 || end + 1 >= text.Length || text[end + 1] != ']') return "a ['name'] is not closed";
            _steps.Add(new Step(text[2..end].ToArray(), -1));
            text = text[(end + 2)..];
            return null;
        }
        var close = text.IndexOf((byte)']');
        if (close < 0 || !Utf8Parser.TryParse(text[1..close], out int index, out var used) || used != close - 1 || index < 0) return "brackets hold a number from 0 on, or a name in quotes";
        _steps.Add(new Step([], index));
        text = text[(close + 1)..];
        return null;
    }

    /// <summary>A member's name, or an element's number when it is not negative.</summary>
    internal readonly record struct Step(byte[] Name, int Index)
    {
        public bool IsName => Index < 0;
    }
}
