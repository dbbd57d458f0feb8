using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Numbers;

/// <summary>A function of a number that not every number has a value for.</summary>
internal interface IPartialFunction
{
    static abstract bool TryOf(double value, out double result);

    /// <summary>Why a number has no value.</summary>
    static abstract string Why(double value);
}

internal readonly struct Ln : IPartialFunction
{
    public static bool TryOf(double value, out double result)
    {
        result = Math.Log(value);
        return !(value <= 0);
    }

    public static string Why(double value) => $"Unsupported function LN() argument: {JavaDouble.ToText(value)}";
}

internal readonly struct Log10 : IPartialFunction
{
    public static bool TryOf(double value, out double result)
    {
        result = Math.Log10(value);
        return !(value <= 0);
    }

    public static string Why(double value) => $"Unsupported function LOG10() argument: {JavaDouble.ToText(value)}";
}

internal readonly struct Cot : IPartialFunction
{
    public static bool TryOf(double value, out double result)
    {
        var tangent = Math.Tan(value);
        result = 1.0 / tangent;
        return tangent != 0;
    }

    public static string Why(double value) => "Division by zero";
}

/// <summary>Applies such a function; a number without a value fails the row.</summary>
internal sealed class PartialOperation<TFunction>(Emission made) : FixedRows<double>(made) where TFunction : struct, IPartialFunction
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<double> to)
    {
        var values = ((FixedColumn<double>)Made.Operands[0].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            if (!TFunction.TryOf(values[row], out to[row])) frame.Fail(row, Made.Where, TFunction.Why(values[row]));
        }
    }
}

/// <summary>The logarithm to a base. A base or a number that is not above zero fails the row; for a base of 1 it is infinite.</summary>
internal sealed class Logarithm(Emission made) : FixedRows<double>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<double> to)
    {
        var bases = ((FixedColumn<double>)Made.Operands[0].Of(frame)).Values;
        var values = ((FixedColumn<double>)Made.Operands[1].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            if (bases[row] <= 0) frame.Fail(row, Made.Where, $"Unsupported function LOG() base: {JavaDouble.ToText(bases[row])}");
            else if (values[row] <= 0) frame.Fail(row, Made.Where, $"Unsupported function LOG() argument: {JavaDouble.ToText(values[row])}");
            else to[row] = bases[row] == 10 ? Math.Log10(values[row]) : Math.Log(values[row]) / Math.Log(bases[row]);
        }
    }
}
