using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Kernels.Texts;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>The time patterns of the rows of a batch: read once when all rows have the same, else kept while they repeat.</summary>
internal sealed class PatternWords(Operand pattern)
{
    private byte[] _lastText = pattern.Constant is TextColumn { HasNulls: false } one ? one[0].ToArray() : [];
    private TimePattern? _last = pattern.Constant is TextColumn { HasNulls: false } one && TimePattern.TryParse(Encoding.UTF8.GetString(one[0]), out var parsed, out _) ? parsed : null;

    /// <summary>The pattern of all rows, if it is the same.</summary>
    public TimePattern? Fixed => pattern.Constant is null ? null : _last;

    /// <summary>The pattern of a row, or null and what is wrong with it.</summary>
    public TimePattern? Of(Frame frame, int row, out string? problem)
    {
        problem = null;
        if (Fixed is not null) return Fixed;
        var text = ((TextColumn)pattern.Of(frame))[row];
        if (_last is not null && text.SequenceEqual(_lastText)) return _last;
        var read = Encoding.UTF8.GetString(text);
        if (!TimePattern.TryParse(read, out var parsed, out var why))
        {
            problem = $"the pattern '{read}' cannot be read: {why}";
            return null;
        }
        (_last, _lastText) = (parsed, text.ToArray());
        return parsed;
    }
}

/// <summary>Dates and times as texts of a pattern.</summary>
internal sealed class FormatTime(Emission made) : TextRows(made)
{
    private readonly PatternWords _patterns = new(made.Operands[1]);

    /// <summary>True when values of the type have all that the pattern asks for.</summary>
    public static bool Suits(TimePattern pattern, DataType type) => type.Kind switch
    {
        TypeKind.Date => !pattern.HasTime && !pattern.HasOffset,
        TypeKind.Time => !pattern.HasDate && !pattern.HasOffset,
        TypeKind.Timestamp => !pattern.HasOffset,
        _ => true,
    };

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var column = Made.Operands[0].Of(frame);
        var texts = new TextCursor(to, frame.Rows * (_patterns.Fixed?.PlainBytes ?? 0));
        foreach (var row in new SetBits(rows))
        {
            if (_patterns.Of(frame, row, out var problem) is not { } pattern) frame.Fail(row, Made.Where, problem!);
            else if (!Suits(pattern, column.Type)) frame.Fail(row, Made.Where, $"the pattern '{pattern}' asks for parts that a {column.Type} does not have");
            else texts.Put(row, Format(pattern, column, row, texts.Room(pattern.MostBytes)));
        }
        texts.Close();
    }

    private static int Format(TimePattern pattern, Column column, int row, Span<byte> to)
    {
        if (column is TimestampColumn timestamps)
        {
            var nanos = timestamps.Nanos.IsEmpty ? 0 : timestamps.Nanos[row];
            if (column.Type.Kind == TypeKind.Timestamp) return pattern.FormatTimestamp(timestamps.Micros[row], nanos, to);
            return pattern.FormatInstant(timestamps.Micros[row], nanos, timestamps.OffsetMinutes.IsEmpty ? 0 : timestamps.OffsetMinutes[row], to);
        }
        return column.Type.Kind == TypeKind.Date ? pattern.FormatDate(((FixedColumn<int>)column).Values[row], to) : pattern.FormatTime(((FixedColumn<long>)column).Values[row], to);
    }
}

/// <summary>Seconds since 1970 as texts of a pattern, at the local time of a zone.</summary>
internal sealed class FormatSeconds(Emission made, TimeZoneInfo zone) : TextRows(made)
{
    private static readonly long Least = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long Most = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly PatternWords _patterns = new(made.Operands[1]);

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var seconds = ((FixedColumn<long>)Made.Operands[0].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            if (_patterns.Of(frame, row, out var problem) is not { } pattern) frame.Fail(row, Made.Where, problem!);
            else if (seconds[row] < Least || seconds[row] > Most) frame.Fail(row, Made.Where, $"{seconds[row]} seconds are beyond the years 1 to 9999");
            else
            {
                var offset = zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(seconds[row]));
                var space = to.Space(pattern.MostBytes);
                var length = pattern.Format(CivilTime.FromInstant(seconds[row] * CivilTime.MicrosPerSecond, 0, (int)offset.TotalMinutes), space);
                to.Ends[to.Count] = to.ByteCount + length;
                to.Advance(1, length);
            }
        }
    }
}

/// <summary>Dates of texts. A text that is not of the pattern, or names no day that exists, fails the row.</summary>
internal sealed class ParseDateOf(Emission made, TimePattern pattern) : FixedRows<int>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<int> to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            if (pattern.TryParseDate(texts[row], out to[row]) != ParseOutcome.Exact) TimeTextFailure.Report(frame, row, texts, pattern, Made);
        }
    }
}

/// <summary>Times of day of texts.</summary>
internal sealed class ParseTimeOf(Emission made, TimePattern pattern) : FixedRows<long>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<long> to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            if (pattern.TryParseTime(texts[row], out to[row]) != ParseOutcome.Exact) TimeTextFailure.Report(frame, row, texts, pattern, Made);
        }
    }
}

/// <summary>Timestamps of texts; instants when the pattern has an offset.</summary>
internal sealed class ParseTimestampOf(Emission made, TimePattern pattern) : TimestampRows(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TimestampBuilder to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        var instants = Made.Type.Kind == TypeKind.TimestampTz;
        foreach (var row in new SetBits(rows))
        {
            if (!pattern.TryParse(texts[row], out var time) || !(instants ? time.TryToInstant(out var micros, out var nanos) : time.TryToMicros(out micros, out nanos)))
            {
                TimeTextFailure.Report(frame, row, texts, pattern, Made);
                continue;
            }
            Put(to, row, micros, nanos);
            if (instants && time.OffsetMinutes != 0) to.OffsetMinutes[row] = (short)time.OffsetMinutes;
        }
    }
}

/// <summary>True where a text is of the pattern and names a day and a time that exist.</summary>
internal sealed class IsTimeOf(Emission made) : BoolRows(made)
{
    private readonly PatternWords _patterns = new(made.Operands[1]);

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<ulong> to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            if (_patterns.Of(frame, row, out var problem) is not { } pattern) frame.Fail(row, Made.Where, problem!);
            else if (pattern.TryParse(texts[row], out _)) Bits.Set(to, row);
        }
    }
}

internal static class TimeTextFailure
{
    private const int LongestShown = 100;

    public static void Report(Frame frame, int row, TextColumn texts, TimePattern pattern, Emission made)
    {
        var text = Encoding.UTF8.GetString(texts[row]);
        if (text.Length > LongestShown) text = text[..LongestShown] + "...";
        frame.Fail(row, made.Where, $"\"{text}\" is no {made.Type} of the pattern '{pattern}'");
    }
}
