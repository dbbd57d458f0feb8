using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chunnel.Transforms.Sql.Functions.Json;

/// <summary>
/// One pass over a JSON text: it checks the whole and notes where the values at some paths stand. Of members with one name the last counts.
/// Each method takes the place that it begins at and returns the one behind what it read, or a negative one when that is no JSON: so the
/// place stays in a register.
/// </summary>
/// <param name="json">The text.</param>
/// <param name="paths">What is looked for.</param>
/// <param name="found">Takes for each path where its value stands, with quotes if it is a string; an empty range when there is none.</param>
internal ref struct JsonScan(ReadOnlySpan<byte> json, JsonPaths paths, Span<JsonScan.Place> found)
{
    private const int MostDepth = 256;
    private const int Broken = -1;

    /// <summary>The branch of values beside all paths.</summary>
    private const int Nowhere = -1;

    private static readonly SearchValues<byte> EndOfPlain = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json = json;
    private readonly JsonPaths.Branch[] _branches = paths.Branches;
    private readonly Span<Place> _found = found;
    private int _depth;

    /// <summary>False when the text is no JSON.</summary>
    public bool Run()
    {
        _found.Clear();
        var end = Value(SkipBlanks(_json, 0), 0);
        return end >= 0 && SkipBlanks(_json, end) == _json.Length;
    }

    /// <summary>Reads a value.</summary>
    private int Value(int at, int branch)
    {
        if ((uint)at >= (uint)_json.Length) return Broken;
        var end = _json[at] switch
        {
            (byte)'"' => String(_json, at, out _),
            (byte)'{' => Object(at, branch),
            (byte)'[' => Array(at, branch),
            (byte)'t' => Word(_json, at, "true"u8),
            (byte)'f' => Word(_json, at, "false"u8),
            (byte)'n' => Word(_json, at, "null"u8),
            _ => Number(_json, at),
        };
        if (branch == Nowhere || end < 0) return end;
        foreach (var path in _branches[branch].Ends) _found[path] = new Place(at, end);
        return end;
    }

    private int Object(int at, int branch)
    {
        if (++_depth > MostDepth) return Broken;
        var names = branch == Nowhere ? null : _branches[branch].Names;
        var json = _json;
        at = SkipBlanks(json, at + 1);
        if (Is(json, at, '}')) return Leave(at);
        while (true)
        {
            if (!Is(json, at, '"')) return Broken;
            var end = String(json, at, out var escaped);
            if (end < 0) return Broken;
            var next = names is null ? Nowhere : Named(json[(at + 1)..(end - 1)], escaped, names);
            at = SkipBlanks(json, end);
            if (!Is(json, at, ':')) return Broken;
            if (next != Nowhere) Forget(next);
            at = Value(SkipBlanks(json, at + 1), next);
            if (at < 0) return Broken;
            at = SkipBlanks(json, at);
            if (Is(json, at, '}')) return Leave(at);
            if (!Is(json, at, ',')) return Broken;
            at = SkipBlanks(json, at + 1);
        }
    }

    private int Array(int at, int branch)
    {
        if (++_depth > MostDepth) return Broken;
        var elements = branch == Nowhere ? null : _branches[branch].Elements;
        var json = _json;
        at = SkipBlanks(json, at + 1);
        if (Is(json, at, ']')) return Leave(at);
        for (var index = 0; ; index++)
        {
            at = Value(at, elements is null ? Nowhere : Numbered(index, elements));
            if (at < 0) return Broken;
            at = SkipBlanks(json, at);
            if (Is(json, at, ']')) return Leave(at);
            if (!Is(json, at, ',')) return Broken;
            at = SkipBlanks(json, at + 1);
        }
    }

    /// <summary>Of members with one name the last counts, also when it does not go on as the path does.</summary>
    private readonly void Forget(int branch)
    {
        foreach (var path in _branches[branch].Under) _found[path] = default;
    }

    private readonly int Named(ReadOnlySpan<byte> written, bool escaped, List<int> names)
    {
        foreach (var branch in names)
        {
            if (IsName(written, escaped, _branches[branch].Name)) return branch;
        }
        return Nowhere;
    }

    private readonly int Numbered(int index, List<int> elements)
    {
        foreach (var branch in elements)
        {
            if (_branches[branch].Index == index) return branch;
        }
        return Nowhere;
    }

    private int Leave(int at)
    {
        _depth--;
        return at + 1;
    }

    private static int String(ReadOnlySpan<byte> json, int at, out bool escaped)
    {
        escaped = false;
        at++;
        while (true)
        {
            at = EndOfPlainFrom(json, at);
            if (at < 0) return Broken;
            if (json[at] == '"') return at + 1;
            escaped = true;
            at = Escape(json, at);
            if (at < 0) return Broken;
        }
    }

    /// <summary>The next quote, backslash or control character. Most strings are short: the first bytes are looked at in one step.</summary>
    private static int EndOfPlainFrom(ReadOnlySpan<byte> json, int at)
    {
        if (Vector128.IsHardwareAccelerated && at + Vector128<byte>.Count <= json.Length)
        {
            var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)at);
            var ends = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\')) | Vector128.LessThan(bytes, Vector128.Create((byte)0x20));
            var found = ends.ExtractMostSignificantBits();
            if (found != 0) return at + BitOperations.TrailingZeroCount(found);
            at += Vector128<byte>.Count;
        }
        var rest = json[at..].IndexOfAny(EndOfPlain);
        return rest < 0 ? Broken : at + rest;
    }

    private static int Escape(ReadOnlySpan<byte> json, int at)
    {
        if (json[at] != '\\' || at + 1 >= json.Length) return Broken;
        if (json[at + 1] != 'u') return json[at + 1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' ? at + 2 : Broken;
        if (at + 6 > json.Length) return Broken;
        foreach (var digit in json.Slice(at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit)) return Broken;
        }
        return at + 6;
    }

    private static int Word(ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> word) => json[at..].StartsWith(word) ? at + word.Length : Broken;

    private static int Number(ReadOnlySpan<byte> json, int at)
    {
        if (Is(json, at, '-')) at++;
        at = Is(json, at, '0') ? at + 1 : Digits(json, at);
        if (at >= 0 && Is(json, at, '.')) at = Digits(json, at + 1);
        if (at < 0 || !(Is(json, at, 'e') || Is(json, at, 'E'))) return at;
        at++;
        return Digits(json, Is(json, at, '+') || Is(json, at, '-') ? at + 1 : at);
    }

    /// <summary>One digit or more.</summary>
    private static int Digits(ReadOnlySpan<byte> json, int at)
    {
        var start = at;
        while ((uint)at < (uint)json.Length && (uint)(json[at] - '0') <= 9) at++;
        return at > start ? at : Broken;
    }

    private static bool Is(ReadOnlySpan<byte> json, int at, char sign) => (uint)at < (uint)json.Length && json[at] == sign;

    private static int SkipBlanks(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && json[at] <= ' ')
        {
            if (json[at] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) break;
            at++;
        }
        return at;
    }

    private static bool IsName(ReadOnlySpan<byte> written, bool escaped, ReadOnlySpan<byte> name)
    {
        if (!escaped) return written.SequenceEqual(name);
        Span<byte> plain = written.Length <= 256 ? stackalloc byte[256] : new byte[written.Length];
        return JsonUnescape.TryWrite(written, plain, out var length) && plain[..length].SequenceEqual(name);
    }

    /// <summary>Where a value stands.</summary>
    internal readonly record struct Place(int Start, int End)
    {
        public bool IsEmpty => End == 0;

        public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json) => json[Start..End];
    }
}
