using System.Buffers.Binary;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>Letters, the same number in each value: texts and bytes.</summary>
internal sealed class LetterGenerator(ulong seed, int length) : Generator
{
    private ulong[] _draws = [];

    public override long BytesPerValue => length + sizeof(int);

    public override ulong Distinct => length == 0 ? 1 : length >= 8 ? ulong.MaxValue : (ulong)Math.Pow(52, length);

    public override void Fill(ColumnBuilder builder, long first, int count)
    {
        var text = (TextBuilder)builder;
        Draws.Letters(text.Space(count * length)[..(count * length)], seed, first * length);
        End(text, count);
    }

    public override void FillKeys(ColumnBuilder builder, long firstRow, int rows, int count)
    {
        var text = (TextBuilder)builder;
        var keys = rows * count;
        if (_draws.Length < keys) _draws = new ulong[keys];
        Draws.FillApart(_draws.AsSpan(0, keys), seed, firstRow, count);
        var space = text.Space(keys * length);
        for (var i = 0; i < keys; i++) Draws.Letters(space.Slice(i * length, length), _draws[i]);
        End(text, keys);
    }

    private void End(TextBuilder text, int count)
    {
        var ends = text.Ends;
        var end = 0;
        for (var i = 0; i < count; i++) ends[i] = end += length;
        text.Advance(count, count * length);
    }
}

/// <summary>Texts of a list.</summary>
internal sealed class TextPickGenerator : DrawnGenerator
{
    private readonly byte[][] _choices;

    public TextPickGenerator(ulong seed, IReadOnlyList<string> choices)
        : base(seed) => _choices = [.. choices.Select(Encoding.UTF8.GetBytes)];

    public override long BytesPerValue => _choices.Max(choice => choice.Length) + sizeof(int);

    public override ulong Distinct => (ulong)_choices.Length;

    protected override void Turn(ReadOnlySpan<ulong> draws, ColumnBuilder builder)
    {
        var text = (TextBuilder)builder;
        foreach (var draw in draws) text.Append(_choices[Draws.Below(draw, (ulong)_choices.Length)]);
    }
}

/// <summary>Vectors of one dimension: bits, floats of a range, or pairs of a rising index and a float.</summary>
internal sealed class VectorGenerator(ulong seed, VectorType type, int dimension, double min, double max) : Generator
{
    /// <summary>The largest number of a 16-bit float.</summary>
    private const double MostOfHalf = 65504;

    /// <summary>Indices of a sparse vector lie within so many of each other.</summary>
    private const int SparseStride = 16;

    private readonly double _min = type.Kind == TypeKind.Float16Vector ? Math.Clamp(min, -MostOfHalf, MostOfHalf) : min;
    private readonly double _max = type.Kind == TypeKind.Float16Vector ? Math.Clamp(max, -MostOfHalf, MostOfHalf) : max;

    public override long BytesPerValue => Width + sizeof(int);

    private int Width => type.Kind switch
    {
        TypeKind.BinaryVector => (dimension + 7) / 8,
        _ => dimension * VectorValues.ElementBytes(type.Kind),
    };

    public override void Fill(ColumnBuilder builder, long first, int count)
    {
        var text = (TextBuilder)builder;
        var width = Width;
        var space = text.Space(count * width);
        var ends = text.Ends;
        for (var i = 0; i < count; i++)
        {
            FillOne(space.Slice(i * width, width), first + i);
            ends[i] = (i + 1) * width;
        }
        text.Advance(count, count * width);
    }

    private void FillOne(Span<byte> to, long value)
    {
        if (type.Kind == TypeKind.BinaryVector)
        {
            for (var i = 0; i < to.Length; i++) to[i] = (byte)Draws.At(seed, value * to.Length + i);
            return;
        }
        for (var i = 0; i < dimension; i++)
        {
            var draw = Draws.At(seed, value * dimension + i);
            var unit = Draws.Unit(draw);
            var number = (float)(_min * (1 - unit) + _max * unit);
            if (number >= _max && _max > _min) number = MathF.BitDecrement((float)_max);
            if (type.Kind == TypeKind.SparseFloatVector)
            {
                var entry = to[(i * VectorValues.SparseEntryBytes)..];
                BinaryPrimitives.WriteInt32LittleEndian(entry, i * SparseStride + (int)(draw & SparseStride - 1));
                BinaryPrimitives.WriteSingleLittleEndian(entry[sizeof(int)..], number);
            }
            else
            {
                VectorValues.Write(to[(i * VectorValues.ElementBytes(type.Kind))..], number, VectorValues.WidthOf(type.Kind));
            }
        }
    }
}
