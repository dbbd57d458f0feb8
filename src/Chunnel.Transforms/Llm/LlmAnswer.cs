using System.Text;
using System.Text.Json;
using Chunnel.Core;

namespace Chunnel.Transforms.Llm;

/// <summary>What a model says about one row: a text or null, or why that cannot be used.</summary>
/// <param name="Text">The answer; null for a JSON null.</param>
/// <param name="Wrong">Why there is none.</param>
internal readonly record struct LlmAnswer(string? Text, string? Wrong)
{
    /// <summary>By the names that <c>output_data_type</c> has for them.</summary>
    public static readonly IReadOnlyDictionary<string, DataType> Types = new Dictionary<string, DataType>
    {
        ["STRING"] = DataType.String,
        ["INT"] = DataType.Int,
        ["BIGINT"] = DataType.BigInt,
        ["DOUBLE"] = DataType.Double,
        ["BOOLEAN"] = DataType.Boolean,
    };

    public static LlmAnswer Of(JsonElement element) => new(element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => element.GetRawText(),
    }, null);

    public static LlmAnswer Unusable(string why) => new(null, why);

    /// <summary>Writes the answer as a value; false when it is none of the column's type.</summary>
    public bool TryWrite(ColumnBuilder to, int row)
    {
        if (Text is null) to.AppendNullAt(row);
        else if (to is TextBuilder text) text.Append(Encoding.UTF8.GetBytes(Text));
        else if (to is BoolBuilder flags) return TryWrite(flags, row, Text.Trim());
        else return ValueParser.TryParse(Encoding.UTF8.GetBytes(Text.Trim()), to, row, TextFormat.Console) is not (ParseOutcome.Malformed or ParseOutcome.OutOfRange);
        return true;
    }

    private static bool TryWrite(BoolBuilder to, int row, string text)
    {
        if (!bool.TryParse(text, out var value)) return false;
        if (value) Bits.Set(to.Values, row);
        return true;
    }
}
