using Chunnel.TestKit;

namespace Chunnel.Core.Tests;

/// <summary>A batch beside the boxed rows that it must equal, and memory that must come back.</summary>
internal sealed class Oracle : IDisposable
{
    private readonly List<(ColumnBatch Batch, IReadOnlyList<BoxedRow> Rows)> _all = [];

    public Oracle(int seed, int rows, bool kinds)
    {
        Dice = new Random(seed);
        var chance = new RandomRows(seed);
        Schema = chance.Schema();
        var boxed = chance.Rows(Schema, rows, kinds);
        Add(BoxedRows.ToBatch(Schema, boxed, Memory), boxed);
    }

    public Random Dice { get; }

    public BatchMemory Memory { get; } = BatchMemory.Unlimited();

    public TableSchema Schema { get; }

    /// <summary>Any of the batches made so far.</summary>
    public int Pick() => Dice.Next(_all.Count);

    public (ColumnBatch Batch, IReadOnlyList<BoxedRow> Rows) this[int index] => _all[index];

    public void Add(ColumnBatch batch, IReadOnlyList<BoxedRow> rows) => _all.Add((batch, rows));

    public void Replace(int index, ColumnBatch batch, IReadOnlyList<BoxedRow> rows) => _all[index] = (batch, rows);

    public void DisposeOne(int index)
    {
        _all[index].Batch.Dispose();
        _all.RemoveAt(index);
    }

    public void MustAgree()
    {
        foreach (var (batch, rows) in _all) BoxedRows.Of(batch).ShouldBe(rows);
    }

    public void Dispose()
    {
        while (_all.Count > 0) DisposeOne(0);
        Memory.Budget.InUseBytes.ShouldBe(0, "every block goes back");
    }
}
