namespace Chunnel.Core;

public static partial class ValueParser
{
    private static ParseOutcome Nested(ReadOnlySpan<byte> text, ColumnBuilder to, int row, TextFormat format, int level)
    {
        if (format.Nested != NestedText.Separated)
        {
            throw new ChunnelException(CommonErrors.UnsupportedOperation, $"A value of type {to.Type} is not read from text of this form.")
            {
                Mend = "Read such columns with the JSON format, or as text with separators.",
            };
        }
        return to switch
        {
            ListBuilder list => List(text, list, format, level),
            MapBuilder map => Map(text, map, format, level),
            _ => Row(text, (RowBuilder)to, row, format, level),
        };
    }

    /// <summary>Empty text is an array without elements only where nulls are written otherwise; see <see cref="TextFormat.Null"/>.</summary>
    private static ParseOutcome List(ReadOnlySpan<byte> text, ListBuilder to, TextFormat format, int level)
    {
        var between = ValueText.SeparatorAt(format, level + 1);
        var worst = ParseOutcome.Exact;
        var start = to.ElementCount;
        var count = 0;
        while (!text.IsEmpty || count > 0)
        {
            var more = Next(ref text, between, out var element);
            worst = Worst(worst, TryParse(element, to.Elements, start + count, format, level + 1));
            count++;
            if (!more) break;
        }
        to.CloseRow(count);
        return worst;
    }

    private static ParseOutcome Map(ReadOnlySpan<byte> text, MapBuilder to, TextFormat format, int level)
    {
        var between = ValueText.SeparatorAt(format, level + 1);
        var inside = ValueText.SeparatorAt(format, level + 2);
        var worst = ParseOutcome.Exact;
        var start = to.PairCount;
        var count = 0;
        while (!text.IsEmpty || count > 0)
        {
            var more = Next(ref text, between, out var pair);
            Next(ref pair, inside, out var key);
            worst = Worst(worst, TryParse(key, to.Keys, start + count, format, level + 2));
            worst = Worst(worst, TryParse(pair, to.Values, start + count, format, level + 2));
            count++;
            if (!more) break;
        }
        to.CloseRow(count);
        return worst;
    }

    /// <summary>Fields that the text lacks are null; fields too many make it malformed.</summary>
    private static ParseOutcome Row(ReadOnlySpan<byte> text, RowBuilder to, int row, TextFormat format, int level)
    {
        var between = ValueText.SeparatorAt(format, level + 1);
        var worst = ParseOutcome.Exact;
        var more = true;
        foreach (var field in to.Fields)
        {
            if (!more)
            {
                Null(field, row);
                continue;
            }
            more = Next(ref text, between, out var value);
            worst = Worst(worst, TryParse(value, field, row, format, level + 1));
        }
        return more ? ParseOutcome.Malformed : worst;
    }

    /// <summary>Cuts the part before the separator off the text. False when it was the last.</summary>
    private static bool Next(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> between, out ReadOnlySpan<byte> part)
    {
        var end = text.IndexOf(between);
        part = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[(end + between.Length)..];
        return end >= 0;
    }

    private static ParseOutcome Worst(ParseOutcome a, ParseOutcome b) => a > b ? a : b;
}
