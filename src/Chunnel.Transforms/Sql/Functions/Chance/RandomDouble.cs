using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Chance;

/// <summary>A number from 0 to below 1 for each row.</summary>
internal sealed class RandomDouble(Emission made) : FixedRows<double>(made)
{
    private const double Step = 1.0 / (1L << 53);

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<double> to)
    {
        // The result's own bytes are drawn at once, then scaled in place.
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(to));
        foreach (ref var value in to) value = (BitConverter.DoubleToUInt64Bits(value) >> 11) * Step;
    }
}

/// <summary>The first number that Java's generator gives for a seed.</summary>
internal sealed class SeededDouble(Emission made) : FixedRows<double>(made)
{
    private const long Multiplier = 0x5DEECE66D;
    private const long Increment = 0xB;
    private const long Mask = (1L << 48) - 1;

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<double> to)
    {
        var seeds = ((FixedColumn<long>)Made.Operands[0].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            var first = Next((seeds[row] ^ Multiplier) & Mask);
            var second = Next(first);
            to[row] = ((first >> 22 << 27) + (second >> 21)) * (1.0 / (1L << 53));
        }
    }

    private static long Next(long state) => (state * Multiplier + Increment) & Mask;
}
