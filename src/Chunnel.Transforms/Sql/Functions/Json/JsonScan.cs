using System.Buffers;

namespace Chunnel.Transforms.Sql.Functions.Json;

/// <summary>
/// One pass over a JSON text: it checks the whole and notes where the value at a path stands. Of members with one name the last counts.
/// </summary>
internal ref struct JsonScan(ReadOnlySpan<byte> json, JsonPath path)
{
    private const int MostDepth = 256;
    private const int Nowhere = -1;

    private static readonly SearchValues<byte> EndOfPlain = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json = json;
    private readonly JsonPath _path = path;
    private int _at;
    private int _depth;

    /// <summary>The value found, with quotes if it is a string; empty when there is none.</summary>
    public ReadOnlySpan<byte> Found { get; private set; }

    /// <summary>False when the text is no JSON.</summary>
    public bool Run()
    {
        SkipBlanks();
        if (!Value(0)) return false;
        SkipBlanks();
        return _at == _json.Length;
    }

    /// <summary>Reads a value. The step is how much of the path led here, or Nowhere beside the path.</summary>
    private bool Value(int step)
    {
        if (_at >= _json.Length) return false;
        var start = _at;
        var read = _json[_at] switch
        {
            (byte)'{' => Object(step),
            (byte)'[' => Array(step),
            (byte)'"' => String(),
            (byte)'t' => Word("true"u8),
            (byte)'f' => Word("false"u8),
            (byte)'n' => Word("null"u8),
            _ => Number(),
        };
        if (read && step == _path.Length) Found = _json[start.._at];
        return read;
    }

    private bool Object(int step)
    {
        if (++_depth > MostDepth) return false;
        var wanted = step >= 0 && step < _path.Length && _path[step].IsName ? _path[step].Name : null;
        _at++;
        SkipBlanks();
        if (Take((byte)'}')) return Leave();
        do
        {
            SkipBlanks();
            var start = _at;
            if (_at >= _json.Length || _json[_at] != '"' || !String()) return false;
            var isWanted = wanted is not null && IsName(_json[(start + 1)..(_at - 1)], wanted);
            SkipBlanks();
            if (!Take((byte)':')) return false;
            SkipBlanks();
            if (isWanted) Found = default;
            if (!Value(isWanted ? step + 1 : Nowhere)) return false;
            SkipBlanks();
        }
        while (Take((byte)','));
        return Take((byte)'}') && Leave();
    }

    private bool Array(int step)
    {
        if (++_depth > MostDepth) return false;
        var wanted = step >= 0 && step < _path.Length ? _path[step].Index : -1;
        _at++;
        SkipBlanks();
        if (Take((byte)']')) return Leave();
        var index = 0;
        do
        {
            SkipBlanks();
            if (!Value(index++ == wanted ? step + 1 : Nowhere)) return false;
            SkipBlanks();
        }
        while (Take((byte)','));
        return Take((byte)']') && Leave();
    }

    private bool Leave()
    {
        _depth--;
        return true;
    }

    private bool String()
    {
        _at++;
        while (true)
        {
            var plain = _json[_at..].IndexOfAny(EndOfPlain);
            if (plain < 0) return false;
            _at += plain;
            if (_json[_at] == '"')
            {
                _at++;
                return true;
            }
            if (!Escape()) return false;
        }
    }

    private bool Escape()
    {
        if (_json[_at] != '\\' || _at + 1 >= _json.Length) return false;
        var kind = _json[_at + 1];
        _at += 2;
        if (kind != 'u') return kind is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
        if (_at + 4 > _json.Length) return false;
        foreach (var digit in _json.Slice(_at, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
        }
        _at += 4;
        return true;
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        if (!_json[_at..].StartsWith(word)) return false;
        _at += word.Length;
        return true;
    }

    private bool Number()
    {
        Take((byte)'-');
        if (!Take((byte)'0') && !Digits()) return false;
        if (Take((byte)'.') && !Digits()) return false;
        if (_at < _json.Length && _json[_at] is (byte)'e' or (byte)'E')
        {
            _at++;
            if (!Take((byte)'+')) Take((byte)'-');
            return Digits();
        }
        return true;
    }

    private bool Digits()
    {
        var start = _at;
        while (_at < _json.Length && (uint)(_json[_at] - '0') <= 9) _at++;
        return _at > start;
    }

    private bool Take(byte sign)
    {
        if (_at >= _json.Length || _json[_at] != sign) return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') _at++;
    }

    private static bool IsName(ReadOnlySpan<byte> written, ReadOnlySpan<byte> name)
    {
        if (!written.Contains((byte)'\\')) return written.SequenceEqual(name);
        Span<byte> plain = written.Length <= 256 ? stackalloc byte[256] : new byte[written.Length];
        return JsonUnescape.TryWrite(written, plain, out var length) && plain[..length].SequenceEqual(name);
    }
}
