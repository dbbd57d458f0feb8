using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>A generator that makes each value of one draw, keeping the draws' order.</summary>
internal abstract class DrawnGenerator(ulong seed) : Generator
{
    private ulong[] _draws = [];

    public sealed override void Fill(ColumnBuilder builder, long first, int count)
    {
        var draws = Room(count);
        Draws.Fill(draws, seed, first);
        Turn(draws, builder);
    }

    public sealed override void FillKeys(ColumnBuilder builder, long firstRow, int rows, int count)
    {
        var draws = Room(rows * count);
        Draws.FillApart(draws, seed, firstRow, count);
        Turn(draws, builder);
    }

    /// <summary>Makes a value of each draw.</summary>
    protected abstract void Turn(ReadOnlySpan<ulong> draws, ColumnBuilder builder);

    private Span<ulong> Room(int count)
    {
        if (_draws.Length < count) _draws = new ulong[count];
        return _draws.AsSpan(0, count);
    }
}
