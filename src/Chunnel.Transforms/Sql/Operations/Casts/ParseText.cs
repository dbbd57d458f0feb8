using System.Numerics;
using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Casts;

/// <summary>Reads one kind of value of fixed width from text.</summary>
internal interface ITextParser<T> where T : unmanaged
{
    static abstract ParseOutcome Parse(ReadOnlySpan<byte> text, out T value);
}

internal readonly struct IntegerParser<T> : ITextParser<T> where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    public static ParseOutcome Parse(ReadOnlySpan<byte> text, out T value) => IntText.TryParse(text, out value);
}

internal readonly struct DoubleParser : ITextParser<double>
{
    public static ParseOutcome Parse(ReadOnlySpan<byte> text, out double value) => JavaDouble.TryParse(text, out value);
}

internal readonly struct FloatParser : ITextParser<float>
{
    public static ParseOutcome Parse(ReadOnlySpan<byte> text, out float value) => JavaFloat.TryParse(text, out value);
}

internal readonly struct DateParser : ITextParser<int>
{
    public static ParseOutcome Parse(ReadOnlySpan<byte> text, out int value) => TimeDetection.TryParseDate(text, out value);
}

internal readonly struct TimeParser : ITextParser<long>
{
    public static ParseOutcome Parse(ReadOnlySpan<byte> text, out long value) => TimeDetection.TryParseTime(text, out value);
}

/// <summary>Values of fixed width from their texts. Text that is no such value fails the row.</summary>
internal sealed class ParseText<TParser, T>(Operand operand, DataType type, Operand? guard, Syntax where) : Operation
    where TParser : struct, ITextParser<T> where T : unmanaged
{
    public override void Run(Frame frame)
    {
        var from = (TextColumn)operand.Of(frame);
        var result = ColumnBuffer.Rent<T>(frame.Memory, frame.Rows);
        var values = result.As<T>();
        values.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            if (TParser.Parse(from[row], out values[row]) is not (ParseOutcome.Exact or ParseOutcome.Rounded)) TextFailure.Report(frame, row, from, type, where);
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new FixedColumn<T>(type, frame.Rows, result, bits, nulls));
    }
}

/// <summary>Exact numbers from their texts: digits behind the scale round half up, too many before it fail the row.</summary>
internal sealed class ParseDecimal(Operand operand, DecimalType type, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (TextColumn)operand.Of(frame);
        var result = ColumnBuffer.Rent<Int128>(frame.Memory, frame.Rows);
        var values = result.As<Int128>();
        values.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            if (DecimalText.TryParse(from[row], type.Precision, type.Scale, out values[row], out _) is not (ParseOutcome.Exact or ParseOutcome.Rounded))
                TextFailure.Report(frame, row, from, type, where);
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new DecimalColumn(type, frame.Rows, result, default, bits, nulls));
    }
}

/// <summary>Truths from 'true', 'false', '1' and '0', in any case.</summary>
internal sealed class ParseBoolean(Operand operand, Operand? guard, Syntax where) : Operation
{
    public override void Run(Frame frame)
    {
        var from = (TextColumn)operand.Of(frame);
        var result = ColumnBuffer.RentBits(frame.Memory, frame.Rows);
        var values = result.As<ulong>();
        values.Clear();
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            var text = from[row];
            if (Ascii.EqualsIgnoreCase(text, "true"u8) || text.SequenceEqual("1"u8)) Bits.Set(values, row);
            else if (!Ascii.EqualsIgnoreCase(text, "false"u8) && !text.SequenceEqual("0"u8)) TextFailure.Report(frame, row, from, DataType.Boolean, where);
        }
        var (bits, nulls) = Validities.Of(from);
        frame.Set(Target, new BoolColumn(frame.Rows, result, bits, nulls));
    }
}

/// <summary>Timestamps, local or as instants, from their texts, in any of the forms that are told apart by sight.</summary>
internal sealed class ParseTimestamp(Operand operand, DataType type, Operand? guard, Syntax where) : Operation
{
    private TimestampBuilder? _builder;

    public override void Run(Frame frame)
    {
        var from = (TextColumn)operand.Of(frame);
        // Its memory is the job's, which stays the same while the program lives.
        _builder ??= new TimestampBuilder(type, frame.Memory, ColumnBatch.AimRows);
        _builder.EnsureCapacity(frame.Rows);
        var micros = _builder.Micros;
        micros.Clear();
        if (from.HasNulls) from.Validity[..frame.Words].CopyTo(_builder.Validity);
        foreach (var row in new SetBits(frame.RowsToDo(guard, from)))
        {
            var found = TimeDetection.TryParse(from[row], out var time) && ValueParser.Put(time, _builder, row) == ParseOutcome.Exact;
            if (!found) TextFailure.Report(frame, row, from, type, where);
        }
        frame.Set(Target, _builder.Build(frame.Rows));
    }
}

/// <summary>Says which text is no value of a type.</summary>
internal static class TextFailure
{
    private const int LongestShown = 100;

    public static void Report(Frame frame, int row, TextColumn column, DataType type, Syntax where)
    {
        var text = Encoding.UTF8.GetString(column[row]);
        if (text.Length > LongestShown) text = text[..LongestShown] + "...";
        frame.Fail(row, where, $"For input string: \"{text}\" is no {type}");
    }
}
