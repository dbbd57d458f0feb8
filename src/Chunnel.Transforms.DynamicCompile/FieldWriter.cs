using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>Writes objects into columns: of the column's own type, or such as can be read as a text of it.</summary>
internal static class FieldWriter
{
    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the value; false, and null, when it is none of the column's type.</summary>
    public static bool TryWrite(ColumnBuilder to, int row, object? value)
    {
        switch (to, value)
        {
            case (_, null):
                to.AppendNullAt(row);
                return true;
            case (FixedBuilder<int>, int number) when to.Type.Kind == TypeKind.Int:
                ((FixedBuilder<int>)to).Values[row] = number;
                return true;
            case (FixedBuilder<long>, long number) when to.Type.Kind == TypeKind.BigInt:
                ((FixedBuilder<long>)to).Values[row] = number;
                return true;
            case (FixedBuilder<double> numbers, double number):
                numbers.Values[row] = number;
                return true;
            case (BoolBuilder flags, bool flag):
                if (flag) Bits.Set(flags.Values, row);
                return true;
            case (TextBuilder bytes, byte[] all) when to.Type.Kind != TypeKind.String:
                bytes.Append(all);
                return true;
            case (TextBuilder vectors, float[] floats) when to.Type.Kind == TypeKind.FloatVector:
                vectors.Append(Packed(floats));
                return true;
            case (TextBuilder text, _) when to.Type.Kind == TypeKind.String:
                text.Append(Encoding.UTF8.GetBytes(TextOf(value)));
                return true;
        }
        if (to.Type.IsNested) return IsGood(JsonNested.TryRead(JsonOf(value), to, row));
        return IsGood(ValueParser.TryParse(Encoding.UTF8.GetBytes(TextOf(value)), to, row, TextFormat.Console));
    }

    private static bool IsGood(ParseOutcome outcome) => outcome is not (ParseOutcome.Malformed or ParseOutcome.OutOfRange);

    private static string TextOf(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture),
        IEnumerable => Encoding.UTF8.GetString(JsonOf(value)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static byte[] Packed(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }

    private static ReadOnlySpan<byte> JsonOf(object value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, _json)) Write(json, value);
        return bytes.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal: json.WriteRawValue(TextOf(value)); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    json.WritePropertyName(TextOf(entry.Key));
                    Write(json, entry.Value);
                }
                json.WriteEndObject();
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items) Write(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(TextOf(value)); break;
        }
    }
}
