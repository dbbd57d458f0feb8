namespace Chunnel.Core;

/// <summary>
/// Reads types as a job file's schema writes them (spec config.md 12.2): names in any case, blanks of no matter, nested as deep as one
/// likes: <c>decimal(10, 2)</c>, <c>array&lt;int&gt;</c>, <c>map&lt;string, array&lt;date&gt;&gt;</c>, <c>{ a = int, b = string }</c>, <c>row&lt;a int, b string&gt;</c>.
/// </summary>
public ref struct TypeText
{
    /// <summary>Deeper nesting than any table has; keeps hostile text from eating the stack.</summary>
    private const int MostDepth = 100;

    private readonly ReadOnlySpan<char> _text;
    private readonly int _dimension;
    private int _at;
    private int _depth;

    private TypeText(ReadOnlySpan<char> text, int dimension)
    {
        _text = text;
        _dimension = dimension;
    }

    /// <summary>The type of a column.</summary>
    /// <param name="text">As written.</param>
    /// <param name="field">The column's name, for the message.</param>
    /// <param name="where">Where the text stands.</param>
    /// <param name="dimension">Elements of a vector; 0 when not told.</param>
    /// <exception cref="ChunnelException">No such type.</exception>
    public static DataType Parse(string text, string field, TextPosition where, int dimension = 0)
    {
        var reader = new TypeText(text, dimension);
        var type = reader.Read();
        reader.SkipBlanks();
        if (type is not null && reader._at == text.Length) return type;
        if (type is null && reader.NamesDecimal(text))
        {
            throw new ChunnelException(CommonErrors.ConfigValidateFailed, $"Decimal type should assign precision and scale information, the type of '{field}' is '{text}'.")
            {
                Where = where,
                Mend = "Write decimal(p, s) with 1 <= p <= 38 and 0 <= s <= p.",
            };
        }
        throw new ChunnelException(CommonErrors.UnsupportedType("SeaTunnel", text, field), $"'{text}' is no type.")
        {
            Where = where,
            Mend = Nearest.DidYouMean(text, Names) ?? $"Known: {string.Join(", ", Names)}.",
        };
    }

    private static readonly string[] Names =
    [
        "string", "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal(p, s)", "bytes", "date", "time", "timestamp",
        "timestamp_tz", "null", "array<type>", "map<type, type>", "row<name type, ...>", "binary_vector", "float_vector", "float16_vector",
        "bfloat16_vector", "sparse_float_vector",
    ];

    private DataType? Read()
    {
        if (++_depth > MostDepth) return null;
        SkipBlanks();
        DataType? type;
        if (_at < _text.Length && _text[_at] == '{')
        {
            _at++;
            type = ReadRow('}');
        }
        else
        {
            type = ReadNamed(Word().ToString().ToLowerInvariant());
        }
        _depth--;
        return type;
    }

    private DataType? ReadNamed(string name)
    {
        switch (name)
        {
            case "decimal": return ReadDecimal();
            case "array": return Take('<') && Read() is { } element && Take('>') ? DataType.Array(element) : null;
            case "map": return Take('<') && Read() is { } key && Take(',') && Read() is { } value && Take('>') && MayBeKey(key) ? DataType.Map(key, value) : null;
            case "row": return Take('<') ? ReadRow('>') : null;
            default: return Simple(name);
        }
    }

    private static bool MayBeKey(DataType key) => !key.IsNested && !key.IsVector && key.Kind != TypeKind.Null;

    private readonly DataType? Simple(string name) => name switch
    {
        "string" => DataType.String,
        "boolean" => DataType.Boolean,
        "tinyint" or "byte" => DataType.TinyInt,
        "smallint" or "short" => DataType.SmallInt,
        "int" => DataType.Int,
        "bigint" or "long" => DataType.BigInt,
        "float" => DataType.Float,
        "double" => DataType.Double,
        "bytes" => DataType.Bytes,
        "date" => DataType.Date,
        "time" => DataType.Time,
        "timestamp" => DataType.Timestamp,
        "timestamp_tz" => DataType.TimestampTz,
        "null" => DataType.Null,
        "binary_vector" => DataType.Vector(TypeKind.BinaryVector, _dimension),
        "float_vector" => DataType.Vector(TypeKind.FloatVector, _dimension),
        "float16_vector" => DataType.Vector(TypeKind.Float16Vector, _dimension),
        "bfloat16_vector" => DataType.Vector(TypeKind.BFloat16Vector, _dimension),
        "sparse_float_vector" => DataType.Vector(TypeKind.SparseFloatVector, _dimension),
        _ => null,
    };

    private DecimalType? ReadDecimal()
    {
        if (!Take('(') || !TryNumber(out var precision) || !Take(',') || !TryNumber(out var scale) || !Take(')')) return null;
        return precision is >= 1 and <= DecimalType.MaxPrecision && scale >= 0 && scale <= precision ? DataType.Decimal(precision, scale) : null;
    }

    /// <summary>Fields as <c>name = type</c>, <c>name: type</c> or <c>name type</c>, names and types in quotes or not, commas or line ends between.</summary>
    private RowType? ReadRow(char close)
    {
        var fields = new List<RowField>();
        while (true)
        {
            if (Take(close)) return fields.Count > 0 ? DataType.Row([.. fields]) : null;
            if (fields.Count > 0) Take(',');
            var name = Word();
            if (name.IsEmpty) return null;
            var written = name.ToString();
            if (!Take('=')) Take(':');
            var quoted = Take('"');
            if (Read() is not { } type || (quoted && !Take('"'))) return null;
            fields.Add(new RowField(written, type));
        }
    }

    private bool TryNumber(out int number)
    {
        var word = Word();
        return int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A run of letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, or whatever stands in quotes.</summary>
    private ReadOnlySpan<char> Word()
    {
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == '"')
        {
            var end = _text[(_at + 1)..].IndexOf('"');
            if (end < 0) return default;
            var quoted = _text.Slice(_at + 1, end);
            _at += end + 2;
            return quoted;
        }
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '.' or '$')) _at++;
        return _text[start.._at];
    }

    private bool Take(char c)
    {
        SkipBlanks();
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private readonly bool NamesDecimal(string text) =>
        _at <= _text.Length && text.TrimStart().StartsWith("decimal", StringComparison.OrdinalIgnoreCase);
}
