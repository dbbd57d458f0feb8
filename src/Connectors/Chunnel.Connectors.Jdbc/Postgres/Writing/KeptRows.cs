using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// The rows of a flush, kept until the server has taken them, so that those which it refuses can be found and named. The halves of an update are
/// one unit: one without the other would delete the row that it means to change.
/// </summary>
internal sealed class KeptRows(MemoryBudget budget) : IDisposable
{
    /// <summary>A selection of fewer rows than one in so many is copied out, or the others would be kept with them.</summary>
    private const int DenseShare = 4;

    private readonly List<ColumnBatch> _batches = [];
    private readonly List<(int Batch, int Start, int Count)> _units = [];

    /// <summary>Bytes that are kept.</summary>
    public long Bytes { get; private set; }

    public int Units => _units.Count;

    /// <summary>The units of a batch: places among the rows that count, each with how many it takes.</summary>
    public static List<(int Start, int Count)> UnitsOf(ColumnBatch batch)
    {
        var units = new List<(int, int)>(batch.Selected);
        for (var at = 0; at < batch.Selected; at++)
        {
            var isPair = at + 1 < batch.Selected && batch.KindAt(batch.RowAt(at)) == RowKind.UpdateBefore && batch.KindAt(batch.RowAt(at + 1)) == RowKind.UpdateAfter;
            units.Add((at, isPair ? 2 : 1));
            if (isPair) at++;
        }
        return units;
    }

    /// <summary>Some of the rows that count, as a batch that the caller owns.</summary>
    public static ColumnBatch Part(ColumnBatch batch, int start, int count)
    {
        var selection = ColumnBuffer.Rent<ushort>(batch.Memory, count);
        for (var i = 0; i < count; i++) selection.As<ushort>()[i] = (ushort)batch.RowAt(start + i);
        return batch.WithSelection(selection, count);
    }

    /// <summary>One row as a batch that the caller owns, with its number: rows that were copied out do not know theirs.</summary>
    public static ColumnBatch One(ColumnBatch batch, int row, long firstRow)
    {
        var selection = ColumnBuffer.Rent<ushort>(batch.Memory, 1);
        selection.As<ushort>()[0] = (ushort)row;
        using var one = batch.WithSelection(selection, 1).Compact();
        foreach (var column in one.Columns) column.Retain();
        one.KindsBuffer.Block?.Retain();
        return new ColumnBatch(one.Schema, 1, [.. one.Columns], default, 1, one.KindsBuffer, one.Memory) { FirstRow = firstRow };
    }

    /// <summary>Keeps the rows of a batch that count, which stays its owner's.</summary>
    public void Add(ColumnBatch batch)
    {
        var kept = batch.Share();
        if (kept.HasSelection && kept.Selected < kept.Rows / DenseShare) kept = kept.Compact();
        foreach (var (start, count) in UnitsOf(kept)) _units.Add((_batches.Count, start, count));
        _batches.Add(kept);
        Bytes += kept.Bytes;
        budget.Keep(kept.Bytes);
    }

    /// <summary>True when no more must be kept, or nobody else would have room.</summary>
    public bool IsFull(long mostBytes) => Bytes >= mostBytes || !budget.MayKeep(ColumnBatch.AimBytes);

    /// <summary>The rows of some units, a part of each batch that they are in; the caller owns the parts.</summary>
    public IEnumerable<ColumnBatch> Take(int from, int to)
    {
        while (from < to)
        {
            var (batch, start, _) = _units[from];
            var count = 0;
            for (; from < to && _units[from].Batch == batch; from++) count += _units[from].Count;
            yield return Part(_batches[batch], start, count);
        }
    }

    /// <summary>The rows of a unit: the batch and their numbers within it.</summary>
    public IEnumerable<(ColumnBatch Batch, int Row)> RowsOf(int unit)
    {
        var (batch, start, count) = _units[unit];
        return Enumerable.Range(start, count).Select(at => (_batches[batch], _batches[batch].RowAt(at)));
    }

    public void Clear()
    {
        foreach (var batch in _batches) batch.Dispose();
        _batches.Clear();
        _units.Clear();
        budget.LetGo(Bytes);
        Bytes = 0;
    }

    public void Dispose() => Clear();
}
