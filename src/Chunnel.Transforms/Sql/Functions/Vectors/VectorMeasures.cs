using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Vectors;

internal sealed class VectorDims(Emission made) : FixedRows<int>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<int> to)
    {
        var vectors = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows)) to[row] = new VectorNumbers(vectors[row], vectors.Type.Kind).Count;
    }
}

internal sealed class VectorNorm(Emission made) : FixedRows<double>(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<double> to)
    {
        var vectors = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows)) to[row] = Of(new VectorNumbers(vectors[row], vectors.Type.Kind));
    }

    public static double Of(VectorNumbers numbers)
    {
        double sum = 0;
        for (var i = 0; i < numbers.Count; i++) sum += (double)numbers[i] * numbers[i];
        return Math.Sqrt(sum);
    }
}

/// <summary>A number out of two vectors of one length.</summary>
internal interface IVectorPair
{
    static abstract double Of(VectorNumbers a, VectorNumbers b);
}

internal readonly struct InnerProduct : IVectorPair
{
    public static double Of(VectorNumbers a, VectorNumbers b)
    {
        double sum = 0;
        for (var i = 0; i < a.Count; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}

internal readonly struct L1Distance : IVectorPair
{
    public static double Of(VectorNumbers a, VectorNumbers b)
    {
        double sum = 0;
        for (var i = 0; i < a.Count; i++) sum += Math.Abs((double)a[i] - b[i]);
        return sum;
    }
}

internal readonly struct L2Distance : IVectorPair
{
    public static double Of(VectorNumbers a, VectorNumbers b)
    {
        double sum = 0;
        for (var i = 0; i < a.Count; i++)
        {
            var difference = (double)a[i] - b[i];
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }
}

internal readonly struct CosineDistance : IVectorPair
{
    public static double Of(VectorNumbers a, VectorNumbers b)
    {
        var norms = VectorNorm.Of(a) * VectorNorm.Of(b);
        return norms == 0 ? 1.0 : 1.0 - InnerProduct.Of(a, b) / norms;
    }
}

internal sealed class VectorPair<TPair>(Emission made) : FixedRows<double>(made) where TPair : struct, IVectorPair
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, Span<double> to)
    {
        var (left, right) = ((TextColumn)Made.Operands[0].Of(frame), (TextColumn)Made.Operands[1].Of(frame));
        foreach (var row in new SetBits(rows))
        {
            var a = new VectorNumbers(left[row], left.Type.Kind);
            var b = new VectorNumbers(right[row], right.Type.Kind);
            if (a.Count == b.Count) to[row] = TPair.Of(a, b);
            else frame.Fail(row, Made.Where, $"Vectors must have the same dimension: {a.Count} vs {b.Count}");
        }
    }
}
