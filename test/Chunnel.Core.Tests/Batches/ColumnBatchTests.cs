using CsCheck;
using Chunnel.TestKit;

namespace Chunnel.Core.Tests;

/// <summary>data-path.md 1.2, engine.md 154: what a batch does to its columns, a list of boxed rows does too.</summary>
public sealed class ColumnBatchTests
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    public void Rows_come_out_as_they_went_in() =>
        Seeds.Sample(seed =>
        {
            using var oracle = new Oracle(seed, rows: seed % 300, kinds: seed % 2 == 0);
            oracle.MustAgree();
        }, iter: 300);

    [Fact]
    public void Every_type_and_side_holds_its_rows()
    {
        var memory = BatchMemory.Unlimited();
        var schema = RandomRows.EveryType();
        var rows = new RandomRows(11).Rows(schema, 500, kinds: true);
        using (var batch = BoxedRows.ToBatch(schema, rows, memory)) BoxedRows.Of(batch).ShouldBe(rows);
        memory.Budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public void Whatever_is_done_to_a_batch_is_done_to_its_rows() =>
        Seeds.Sample(seed =>
        {
            using var oracle = new Oracle(seed, rows: seed % 200, kinds: seed % 3 == 0);
            for (var step = oracle.Dice.Next(1, 12); step > 0; step--) Act(oracle);
            oracle.MustAgree();
        }, iter: 600);

    [Fact]
    public void A_builder_that_grew_and_was_used_again_holds_the_same_rows() =>
        Seeds.Sample(seed =>
        {
            var memory = BatchMemory.Unlimited();
            var chance = new RandomRows(seed);
            var schema = chance.Schema();
            using (var builder = new BatchBuilder(schema, memory, capacity: 1))
            {
                for (var round = 0; round < 2; round++)
                {
                    var rows = chance.Rows(schema, 1 + seed % 100);
                    for (var row = 0; row < rows.Count; row++)
                    {
                        for (var i = 0; i < schema.Columns.Count; i++) BoxedRows.Put(builder[i], row, rows[row][i]);
                    }
                    using var batch = builder.Build(rows.Count);
                    BoxedRows.Of(batch).ShouldBe(rows);
                }
            }
            memory.Budget.InUseBytes.ShouldBe(0);
        }, iter: 150);

    [Fact]
    public void A_builder_that_is_dropped_half_full_gives_its_memory_back() =>
        Seeds.Sample(seed =>
        {
            var memory = BatchMemory.Unlimited();
            var chance = new RandomRows(seed);
            var schema = chance.Schema();
            var rows = chance.Rows(schema, 20);
            var builder = new BatchBuilder(schema, memory, capacity: 32);
            for (var row = 0; row < rows.Count; row++)
            {
                for (var i = 0; i < schema.Columns.Count; i++) BoxedRows.Put(builder[i], row, rows[row][i]);
            }
            builder.Dispose();
            memory.Budget.InUseBytes.ShouldBe(0);
        }, iter: 300);

    [Fact]
    [Trait("spec", "config.md 7")]
    public void The_size_of_rows_is_the_sum_of_their_values_by_the_table_of_types() =>
        Seeds.Sample(seed =>
        {
            using var oracle = new Oracle(seed, rows: seed % 100, kinds: false);
            for (var step = oracle.Dice.Next(0, 4); step > 0; step--) Act(oracle);
            var (batch, rows) = oracle[oracle.Pick()];
            RowSize.Of(batch).ShouldBe(rows.Sum(row => oracle.Schema.Columns.Select((column, i) => SizeOf(column.Type, row[i])).Sum()));
        }, iter: 300);

    [Fact]
    public void A_constant_stands_in_a_batch_as_if_it_were_written_out()
    {
        var memory = BatchMemory.Unlimited();
        var schema = new TableSchema(TablePath.Default, [new ColumnDef("c", DataType.String), new ColumnDef("n", DataType.Int)]);
        var text = new ConstantColumn(BoxedRows.ToColumn(DataType.String, ["x"], memory), 3);
        var none = new ConstantColumn(BoxedRows.ToColumn(DataType.Int, [null], memory), 3);
        using (var batch = new ColumnBatch(schema, 3, [text, none], memory))
            BoxedRows.Of(batch).ShouldBe([new BoxedRow("x", null), new BoxedRow("x", null), new BoxedRow("x", null)]);
        memory.Budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public void Only_a_sole_owner_overwrites_values()
    {
        var schema = new TableSchema(TablePath.Default, [new ColumnDef("n", DataType.Int)]);
        using var batch = BoxedRows.ToBatch(schema, [new BoxedRow(1)], BatchMemory.Unlimited());
        var column = (FixedColumn<int>)batch[0];
        column.WritableValues[0] = 2;
        using var shared = batch.Share();
        Should.Throw<BrokenBeliefException>(() => column.WritableValues[0] = 3);
        BoxedRows.Of(shared).ShouldBe([new BoxedRow(2)]);
    }

    [Fact]
    public void A_batch_is_disposed_once()
    {
        var batch = BoxedRows.ToBatch(new TableSchema(TablePath.Default, [new ColumnDef("n", DataType.Int)]), [new BoxedRow(1)], BatchMemory.Unlimited());
        batch.Dispose();
        Should.Throw<BrokenBeliefException>(batch.Dispose);
    }

    private static void Act(Oracle oracle)
    {
        var at = oracle.Pick();
        var (batch, rows) = oracle[at];
        switch (oracle.Dice.Next(7))
        {
            case 0:
                oracle.Add(batch.Share(), rows);
                break;
            case 1 when !batch.HasSelection:
                var start = oracle.Dice.Next(rows.Count + 1);
                var length = oracle.Dice.Next(rows.Count - start + 1);
                oracle.Add(batch.Slice(start, length), [.. rows.Skip(start).Take(length)]);
                break;
            case 2 when !batch.HasSelection:
                var kept = Enumerable.Range(0, rows.Count).Where(_ => oracle.Dice.Next(3) > 0).ToArray();
                oracle.Add(Select(batch, kept), [.. kept.Select(row => rows[row])]);
                break;
            case 3:
                oracle.Replace(at, batch.Compact(), rows);
                break;
            case 4:
                // A projection: every column again, taken over by hand.
                foreach (var column in batch.Columns) column.Retain();
                oracle.Add(batch.WithColumns(oracle.Schema, [.. batch.Columns]), rows);
                break;
            case 5 when !batch.HasSelection && batch.Kinds.IsEmpty:
                var order = Enumerable.Range(0, oracle.Dice.Next(50)).Where(_ => rows.Count > 0).Select(_ => oracle.Dice.Next(rows.Count)).ToArray();
                var taken = batch.Columns.Select(column => column.Take(order, oracle.Memory)).ToArray();
                oracle.Add(new ColumnBatch(oracle.Schema, order.Length, taken, oracle.Memory), [.. order.Select(row => rows[row])]);
                break;
            case 6:
                oracle.Add(batch.Share(), rows);
                oracle.DisposeOne(at);
                break;
        }
    }

    private static ColumnBatch Select(ColumnBatch batch, int[] rows)
    {
        var selection = ColumnBuffer.Rent<ushort>(batch.Memory, rows.Length);
        var to = selection.As<ushort>();
        for (var i = 0; i < rows.Length; i++) to[i] = (ushort)rows[i];
        return batch.WithSelection(selection, rows.Length);
    }

    private static long SizeOf(DataType type, object? value) => (value, type) switch
    {
        (null, _) => 0,
        (bool or sbyte, _) => 1,
        (short, _) => 2,
        (int or float, _) => 4,
        (long or double, _) => 8,
        (BoxedDecimal, _) => 36,
        (BoxedDate, _) => 24,
        (BoxedTime, _) => 12,
        (BoxedTimestamp, _) => 48,
        (string text, _) => text.Length,
        (BoxedBytes bytes, _) => bytes.Bytes.Length,
        (BoxedList list, ArrayType array) => list.Items.Sum(item => SizeOf(array.Element, item)),
        (BoxedList row, RowType fields) => row.Items.Zip(fields.Fields).Sum(pair => SizeOf(pair.Second.Type, pair.First)),
        (BoxedMap map, MapType of) => map.Pairs.Sum(pair => SizeOf(of.Key, pair.Key) + SizeOf(of.Value, pair.Value)),
        _ => throw new ArgumentException(type.ToString()),
    };
}
