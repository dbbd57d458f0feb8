using System.Text.Json;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Reads arrays, maps and rows out of JSON, to any depth, into builders.</summary>
public static class JsonNested
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Reads one value. Where it is not of the type, it is null and the outcome says so.</summary>
    public static ParseOutcome TryRead(ReadOnlySpan<byte> json, ColumnBuilder to, int row)
    {
        // Checked first, as a whole: what is appended to nested builders cannot be taken back.
        if (!IsWhole(json))
        {
            json = JsonControls.Escape(json);
            if (!IsWhole(json))
            {
                to.AppendNullAt(row);
                return ParseOutcome.Malformed;
            }
        }
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        return Read(ref reader, json, to, row);
    }

    private static bool IsWhole(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ParseOutcome Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ColumnBuilder to, int row)
    {
        to.EnsureCapacity(row + 1);
        switch (reader.TokenType, to)
        {
            case (JsonTokenType.Null, _): return ValueParser.Null(to, row);
            case (JsonTokenType.StartArray, ListBuilder list): return ReadList(ref reader, json, list);
            case (JsonTokenType.StartObject, MapBuilder map): return ReadMap(ref reader, json, map);
            case (JsonTokenType.StartObject, RowBuilder fields): return ReadRow(ref reader, json, fields, row);
            case (JsonTokenType.StartArray or JsonTokenType.StartObject, _):
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                return ReadText(json[start..(int)reader.BytesConsumed], to, row);
            default: return ReadScalar(ref reader, to, row);
        }
    }

    private static ParseOutcome ReadList(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ListBuilder to)
    {
        var worst = ParseOutcome.Exact;
        var start = to.ElementCount;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            worst = Worst(worst, Read(ref reader, json, to.Elements, start + count++));
        to.CloseRow(count);
        return worst;
    }

    private static ParseOutcome ReadMap(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, MapBuilder to)
    {
        var worst = ParseOutcome.Exact;
        var start = to.PairCount;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            worst = Worst(worst, ReadScalar(ref reader, to.Keys, start + count));
            reader.Read();
            worst = Worst(worst, Read(ref reader, json, to.Values, start + count++));
        }
        to.CloseRow(count);
        return worst;
    }

    /// <summary>Places first, values then: a key that comes twice counts once, with its last value.</summary>
    private static ParseOutcome ReadRow(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, RowBuilder to, int row)
    {
        var names = ((RowType)to.Type).Fields;
        Span<Range> places = names.Count <= 64 ? stackalloc Range[names.Count] : new Range[names.Count];
        places.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = 0;
            while (field < names.Count && !reader.ValueTextEquals(names[field].Name)) field++;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (field < names.Count) places[field] = start..(int)reader.BytesConsumed;
        }
        var worst = ParseOutcome.Exact;
        for (var field = 0; field < names.Count; field++)
        {
            if (places[field].Equals(default))
            {
                ValueParser.Null(to.Fields[field], row);
                continue;
            }
            var value = json[places[field]];
            var inner = new Utf8JsonReader(value, Options);
            inner.Read();
            worst = Worst(worst, Read(ref inner, value, to.Fields[field], row));
        }
        return worst;
    }

    private static ParseOutcome ReadScalar(ref Utf8JsonReader reader, ColumnBuilder to, int row)
    {
        to.EnsureCapacity(row + 1);
        if (!reader.ValueIsEscaped) return ReadText(reader.ValueSpan, to, row);
        var text = new byte[reader.ValueSpan.Length];
        return JsonEscapes.TryUnescape(reader.ValueSpan, text, out var length) ? ReadText(text.AsSpan(0, length), to, row) : Malformed(to, row);
    }

    /// <summary>Reads text without its quotes and escapes, or a number or word.</summary>
    public static ParseOutcome ReadText(ReadOnlySpan<byte> text, ColumnBuilder to, int row)
    {
        if (to.Type.Kind == TypeKind.String || (to.Type.Kind == TypeKind.Bytes && text.IsEmpty))
        {
            if (!System.Text.Unicode.Utf8.IsValid(text)) return Malformed(to, row);
            ((TextBuilder)to).Append(text);
            return ParseOutcome.Exact;
        }
        if (!to.Type.IsNested) return ValueParser.TryParse(text, to, row, TextFormat.Json);
        return text.IsEmpty ? ValueParser.Null(to, row) : Malformed(to, row);
    }

    private static ParseOutcome Malformed(ColumnBuilder to, int row)
    {
        to.AppendNullAt(row);
        return ParseOutcome.Malformed;
    }

    private static ParseOutcome Worst(ParseOutcome a, ParseOutcome b) => a > b ? a : b;
}
