using Apache.Arrow;
using Apache.Arrow.C;
using Apache.Arrow.Ipc;
using Chunnel.Core;
using Chunnel.Formats.Arrow;
using Chunnel.TestKit;
using CsCheck;

namespace Chunnel.Formats.Tests.Arrow;

/// <summary>data-path.md 1.1, 1.2, 2.3: out without a copy, in by a checked one.</summary>
public sealed class ArrowBridgeTests
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    public void Every_type_goes_out_and_comes_back()
    {
        var memory = BatchMemory.Unlimited();
        var schema = RandomRows.EveryType();
        var rows = new RandomRows(5) { Plain = true }.Rows(schema, 700);
        using (var batch = BoxedRows.ToBatch(schema, rows, memory))
        using (var view = new ArrowBridge(schema).Wrap(batch))
        using (var back = ArrowBridge.Copy(view.Records, schema, memory))
            BoxedRows.Of(back).ShouldBe(rows);
        memory.Budget.InUseBytes.ShouldBe(0);
    }

    [Fact]
    public void Slices_on_both_sides_are_the_same_rows() =>
        Seeds.Sample(seed =>
        {
            var dice = new Random(seed);
            var memory = BatchMemory.Unlimited();
            var chance = new RandomRows(seed) { Plain = true };
            var schema = chance.Schema();
            var rows = chance.Rows(schema, 1 + dice.Next(200));
            var (start, inner) = (dice.Next(rows.Count), dice.Next(3));
            using (var batch = BoxedRows.ToBatch(schema, rows, memory))
            using (var ours = batch.Slice(start, rows.Count - start))
            using (var view = new ArrowBridge(schema).Wrap(ours))
            {
                // A part of Arrow's view, whose arrays begin at an offset, and of that a part again.
                inner = Math.Min(inner, ours.Rows);
                using var theirs = view.Records.Slice(inner, ours.Rows - inner);
                var from = dice.Next(theirs.Length + 1);
                var count = dice.Next(theirs.Length - from + 1);
                using var back = ArrowBridge.Copy(theirs, schema, memory, from, count, firstRow: 7);
                BoxedRows.Of(back).ShouldBe([.. rows.Skip(start + inner + from).Take(count)]);
                back.FirstRow.ShouldBe(7);
            }
            memory.Budget.InUseBytes.ShouldBe(0);
        }, iter: 300);

    [Fact]
    public void Our_values_are_shared_not_copied()
    {
        var memory = BatchMemory.Unlimited();
        var schema = new TableSchema(TablePath.Default, [new ColumnDef("n", DataType.BigInt), new ColumnDef("s", DataType.String), new ColumnDef("t", DataType.Timestamp)]);
        using var batch = BoxedRows.ToBatch(schema, [new BoxedRow(1L, "a", new BoxedTimestamp(5))], memory);
        var before = memory.Budget.InUseBytes;
        using var view = new ArrowBridge(schema).Wrap(batch);
        memory.Budget.InUseBytes.ShouldBe(before);
        ((FixedColumn<long>)batch[0]).ValueBuffer.As<long>()[0] = 42;
        ((Int64Array)view.Records.Column(0)).GetValue(0).ShouldBe(42);
    }

    [Fact]
    public async Task A_stream_of_batches_survives_Arrows_own_format() =>
        await Seeds.SampleAsync(async seed =>
        {
            var memory = BatchMemory.Unlimited();
            var chance = new RandomRows(seed) { Plain = true };
            var schema = chance.Schema();
            var rows = chance.Rows(schema, 1 + seed % 60);
            using var stream = new MemoryStream();
            using (var batch = BoxedRows.ToBatch(schema, rows, memory))
            using (var view = new ArrowBridge(schema).Wrap(batch))
            {
                // The view is held by its using until the bodies are written (arrow-dotnet 397).
                using var writer = new ArrowStreamWriter(stream, view.Records.Schema, leaveOpen: true);
                await writer.WriteRecordBatchAsync(view.Records);
                await writer.WriteEndAsync();
            }
            memory.Budget.InUseBytes.ShouldBe(0);
            stream.Position = 0;
            using var reader = new ArrowStreamReader(stream);
            using var records = await reader.ReadNextRecordBatchAsync();
            using (var back = ArrowBridge.Copy(records, schema, memory)) BoxedRows.Of(back).ShouldBe(rows);
            memory.Budget.InUseBytes.ShouldBe(0);
        }, iter: 60);

    [Fact]
    public unsafe void A_C_consumer_gets_every_type_and_gives_every_block_back()
    {
        var memory = BatchMemory.Unlimited();
        var schema = RandomRows.EveryType();
        var rows = new RandomRows(6) { Plain = true }.Rows(schema, 300);
        var array = CArrowArray.Create();
        var header = CArrowSchema.Create();
        using (var batch = BoxedRows.ToBatch(schema, rows, memory))
        using (var view = new ArrowBridge(schema).Wrap(batch))
        {
            CArrowSchemaExporter.ExportSchema(view.Records.Schema, header);
            CArrowArrayExporter.ExportRecordBatch(view.Records, array);
        }

        // Batch and view are gone: only C holds the blocks now.
        memory.Budget.InUseBytes.ShouldBeGreaterThan(0);
        var held = memory.Budget.InUseBytes;
        using (var records = CArrowArrayImporter.ImportRecordBatch(array, CArrowSchemaImporter.ImportSchema(header)))
        using (var back = ArrowBridge.Copy(records, schema, memory))
        {
            memory.Budget.InUseBytes.ShouldBeGreaterThan(held);
            BoxedRows.Of(back).ShouldBe(rows);
        }
        memory.Budget.InUseBytes.ShouldBe(0);
        CArrowArray.Free(array);
        CArrowSchema.Free(header);
    }

    /// <summary>data-path.md 8.6 and 8.11 (arrow-dotnet 397): nothing here waits for a finalizer, and none comes too early.</summary>
    [Fact]
    public unsafe void Forced_collections_take_nothing_that_C_still_reads()
    {
        var memory = BatchMemory.Unlimited();
        var schema = new TableSchema(TablePath.Default,
        [
            new ColumnDef("n", DataType.BigInt), new ColumnDef("s", DataType.String), new ColumnDef("d", DataType.Decimal(20, 2)),
            new ColumnDef("l", DataType.Array(DataType.Int)), new ColumnDef("v", DataType.Vector(TypeKind.Float16Vector)),
        ]);
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            for (var seed = 0; seed < 200; seed++)
            {
                var rows = new RandomRows(seed) { Plain = true }.Rows(schema, 50);
                var array = CArrowArray.Create();
                var header = CArrowSchema.Create();
                Export(schema, rows, memory, array, header);
                // What is given back meanwhile is written over at once.
                for (var i = 0; i < 20; i++)
                {
                    var block = memory.Rent(4096);
                    block.SpanWithSlack.Fill(0xEE);
                    block.Release();
                }
                using (var records = CArrowArrayImporter.ImportRecordBatch(array, CArrowSchemaImporter.ImportSchema(header)))
                using (var back = ArrowBridge.Copy(records, schema, memory))
                    BoxedRows.Of(back).ShouldBe(rows, $"seed {seed}");
                memory.Budget.InUseBytes.ShouldBe(0, $"seed {seed}");
                CArrowArray.Free(array);
                CArrowSchema.Free(header);
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static unsafe void Export(TableSchema schema, IReadOnlyList<BoxedRow> rows, BatchMemory memory, CArrowArray* array, CArrowSchema* header)
    {
        using var batch = BoxedRows.ToBatch(schema, rows, memory);
        using var view = new ArrowBridge(schema).Wrap(batch);
        CArrowSchemaExporter.ExportSchema(view.Records.Schema, header);
        CArrowArrayExporter.ExportRecordBatch(view.Records, array);
    }
}
