using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>Reads a part of every value. An infinite timestamp has none and fails the row.</summary>
internal sealed class TakePart<TPart, T>(Emission made) : FixedRows<T>(made) where TPart : struct, ITimePart where T : unmanaged, INumber<T>
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<T> to)
    {
        var moments = new Moments(Made.Operands[0].Of(frame));
        foreach (var row in new SetBits(rows))
        {
            if (moments.IsInfinite(row)) frame.Fail(row, Made.Where, TimeFailure.Infinite);
            else to[row] = T.CreateTruncating(TPart.Of(moments[row]));
        }
    }
}

/// <summary>Reads a part of every value by its name, such as that of the month. Names count from 1.</summary>
internal sealed class TakeName<TPart>(Emission made, string[] names) : TextRows(made) where TPart : struct, ITimePart
{
    private readonly byte[][] _names = [.. names.Select(System.Text.Encoding.UTF8.GetBytes)];

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var moments = new Moments(Made.Operands[0].Of(frame));
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            if (moments.IsInfinite(row)) frame.Fail(row, Made.Where, TimeFailure.Infinite);
            else to.Append(_names[(int)TPart.Of(moments[row]) - 1]);
        }
    }
}

internal static class TimeFailure
{
    public const string Infinite = "an infinite timestamp has no parts";

    public const string OutOfReach = "the result is beyond the reach of its type";
}
