using System.Buffers.Binary;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Rows;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Vectors;

internal enum VectorReduction
{
    Truncate,
    RandomProjection,
    SparseRandomProjection,
}

/// <summary>Vectors at the length 1; those of zeros as they are.</summary>
internal sealed class NormalizeVector(Emission made) : TextRows(made)
{
    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var vectors = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            var numbers = new VectorNumbers(vectors[row], vectors.Type.Kind);
            var norm = VectorNorm.Of(numbers);
            var size = numbers.Count * sizeof(float);
            var space = to.Space(size);
            for (var i = 0; i < numbers.Count; i++) BinaryPrimitives.WriteSingleLittleEndian(space[(i * sizeof(float))..], norm == 0 ? numbers[i] : (float)(numbers[i] / norm));
            to.Ends[to.Count] = to.ByteCount + size;
            to.Advance(1, size);
        }
    }
}

/// <summary>
/// Vectors with fewer numbers. The matrix of a projection is drawn once for each pair of lengths, from a seed that is theirs alone: every
/// vector, subtask and run has the same, or results could not be compared.
/// </summary>
internal sealed class ReduceVector(Emission made, VectorReduction method) : TextRows(made)
{
    private readonly Dictionary<(int From, int To), float[]> _matrices = [];

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var vectors = (TextColumn)Made.Operands[0].Of(frame);
        var targets = ((FixedColumn<long>)Made.Operands[1].Of(frame)).Values;
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            if (targets[row] < 1) frame.Fail(row, Made.Where, $"a vector cannot be reduced to {targets[row]} numbers");
            else Reduce(new VectorNumbers(vectors[row], vectors.Type.Kind), (int)Math.Min(targets[row], int.MaxValue), to);
        }
    }

    private void Reduce(VectorNumbers numbers, int target, TextBuilder to)
    {
        var count = Math.Min(target, numbers.Count);
        var matrix = method == VectorReduction.Truncate || count == numbers.Count ? null : MatrixOf(numbers.Count, count);
        var size = count * sizeof(float);
        var space = to.Space(size);
        for (var i = 0; i < count; i++) BinaryPrimitives.WriteSingleLittleEndian(space[(i * sizeof(float))..], matrix is null ? numbers[i] : Project(numbers, matrix, i));
        to.Ends[to.Count] = to.ByteCount + size;
        to.Advance(1, size);
    }

    private static float Project(VectorNumbers numbers, float[] matrix, int line)
    {
        double sum = 0;
        for (var i = 0; i < numbers.Count; i++) sum += (double)numbers[i] * matrix[line * numbers.Count + i];
        return (float)sum;
    }

    private float[] MatrixOf(int from, int to)
    {
        if (_matrices.TryGetValue((from, to), out var known)) return known;
        var dice = new Random(unchecked(from * 397 ^ to));
        var scale = 1 / Math.Sqrt(to);
        var matrix = new float[from * to];
        foreach (ref var entry in matrix.AsSpan()) entry = (float)(scale * (method == VectorReduction.RandomProjection ? Gaussian(dice) : Sparse(dice)));
        return _matrices[(from, to)] = matrix;
    }

    private static double Gaussian(Random dice) => Math.Sqrt(-2 * Math.Log(1 - dice.NextDouble())) * Math.Cos(2 * Math.PI * dice.NextDouble());

    /// <summary>The root of 3, its negative or mostly 0.</summary>
    private static double Sparse(Random dice) => dice.Next(6) switch
    {
        0 => Math.Sqrt(3),
        1 => -Math.Sqrt(3),
        _ => 0,
    };
}
