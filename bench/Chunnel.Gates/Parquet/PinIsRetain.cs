using System.Diagnostics.Tracing;
using Chunnel.Core;

namespace Chunnel.Gates.Parquet;

/// <summary>data-path.md 10 items 2 and 3, packages.md 11.3 items 2 and 10: lifetimes while the collector never rests.</summary>
internal sealed class PinIsRetain : Gate
{
    private const int Batches = 2_000;

    public override string Name => "pins";

    public override string Question => "Does a C consumer hold exactly our blocks, exactly as long as it needs them, under forced collections?";

    public override void Run(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("chunnel-gate-").FullName;
        var file = Path.Combine(folder, "orders.parquet");
        CountFinalizers(report);
        using var stop = new CancellationTokenSource();
        long collections = 0;
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
                collections++;
            }
        });
        collector.Start();
        try
        {
            var sums = WriteAndForget(report, file);
            var found = Export(report);
            report.Must("a batch exported by hand: bytes and counts right through 2,000 exports", found);
            ReadAndCompare(report, file, sums);
        }
        finally
        {
            stop.Cancel();
            collector.Join();
            Directory.Delete(folder, recursive: true);
        }
        report.Row("full collections meanwhile", $"{collections:N0}");
    }

    /// <summary>With no collection forced meanwhile, what 2,000 exports leave for the finalizer; one collection alone runs a few of the runtime's own.</summary>
    private static void CountFinalizers(Report report)
    {
        using var finalizers = new FinalizerCount();
        var own = finalizers.RunBy(() => { });
        var memory = BatchMemory.Unlimited();
        var dice = new Random(7);
        var ran = finalizers.RunBy(() =>
        {
            for (var i = 0; i < Batches; i++)
            {
                ExportAndRelease(memory, dice);
            }
        });
        report.Row("finalizers run after 2,000 exports; after none", $"{ran}; {own}");
    }

    private static unsafe void ExportAndRelease(BatchMemory memory, Random dice)
    {
        var c = Apache.Arrow.C.CArrowArray.Create();
        ExportOne(memory, dice, c);
        Apache.Arrow.C.CArrowArray.Free(c);
    }

    /// <summary>Each batch is given up, and its blocks written over, as soon as the writer has returned from taking it.</summary>
    private static List<ulong> WriteAndForget(Report report, string file)
    {
        var memory = BatchMemory.Unlimited();
        var dice = new Random(2);
        var sums = new List<ulong>();
        using (var writer = Settings.Create(file))
        {
            writer.NewBufferedRowGroup();
            for (var i = 0; i < Batches; i++)
            {
                using (var batch = new Orders(memory, dice, (long)i * Orders.RowsPerBatch))
                {
                    sums.Add(batch.Sum());
                    using var wrapped = batch.Wrap();
                    writer.WriteBufferedRecordBatch(wrapped);
                }
                Overwrite(memory);
            }
            writer.Close();
        }
        report.Must("everything is given back when the file is closed", memory.Budget.InUseBytes == 0);
        return sums;
    }

    private static void Overwrite(BatchMemory memory)
    {
        foreach (var bytes in (int[])[4096 * 8, 4096 * 4, 4096 * 8, 4097 * 4, 4096 * 40, 4096 * 8])
        {
            var block = memory.Rent(bytes);
            block.SpanWithSlack.Fill(0xDB);
            block.Release();
        }
    }

    /// <summary>Exports through the C data interface, drops every managed reference, and reads through the C pointers alone.</summary>
    private static unsafe bool Export(Report report)
    {
        var memory = BatchMemory.Unlimited();
        var dice = new Random(3);
        var right = true;
        var held = 0;
        for (var i = 0; i < Batches; i++)
        {
            var c = Apache.Arrow.C.CArrowArray.Create();
            var (sum, blocks) = ExportOne(memory, dice, c);
            held = Math.Max(held, blocks.Max(block => block.References));
            right &= blocks.All(block => block.References >= 1) && SumOfFirst(c) == sum;
            Apache.Arrow.C.CArrowArray.Free(c);
            right &= blocks.All(block => block.References == 0);
        }
        report.Row("references while only C holds a block", $"{held}");
        report.Must("the pool has everything back", memory.Budget.InUseBytes == 0);
        return right;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static unsafe (ulong Sum, Block[] Blocks) ExportOne(BatchMemory memory, Random dice, Apache.Arrow.C.CArrowArray* c)
    {
        using var batch = new Orders(memory, dice, 0);
        using var wrapped = batch.Wrap();
        Apache.Arrow.C.CArrowArrayExporter.ExportRecordBatch(wrapped, c);
        return (SumOfFirst(c), [.. batch.Blocks]);
    }

    private static unsafe ulong SumOfFirst(Apache.Arrow.C.CArrowArray* c)
    {
        var child = c->children[0];
        var values = new ReadOnlySpan<ulong>(child->buffers[1], Orders.RowsPerBatch);
        ulong sum = 0;
        foreach (var value in values)
        {
            sum = unchecked(sum * 31 + value);
        }
        return sum;
    }

    private static void ReadAndCompare(Report report, string file, List<ulong> sums)
    {
        using var reader = Settings.Open(file);
        using var stream = reader.GetRecordBatchReader();
        var wrong = 0;
        var next = 0;
        while (stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
        {
            // Held by us and disposed by us: the collector never decides when foreign memory goes.
            using (batch)
            {
                wrong += Sums.Of(batch) == sums[next++] ? 0 : 1;
            }
        }
        report.Must("every byte written by the deferred writer is right, though its blocks were written over at once", wrong == 0 && next == sums.Count);
    }

    /// <summary>Counts finalizers as the runtime reports them.</summary>
    private sealed class FinalizerCount : EventListener
    {
        private long _ran;

        public long RunBy(Action work)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = Interlocked.Read(ref _ran);
            work();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            // The event of the last round comes from the finalizer's own thread, right after.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Interlocked.Read(ref _ran) - before;
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Informational, (EventKeywords)0x1);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName?.StartsWith("GCFinalizersEnd", StringComparison.Ordinal) == true)
            {
                Interlocked.Add(ref _ran, Convert.ToInt64(eventData.Payload![0]));
            }
        }
    }
}
