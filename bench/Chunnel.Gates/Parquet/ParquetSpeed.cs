using Apache.Arrow;
using Chunnel.Core;
using Chunnel.Gates.Start;

namespace Chunnel.Gates.Parquet;

/// <summary>packages.md 11.3 item 2, data-path.md 10 item 2.</summary>
internal sealed class ParquetSpeed : Gate
{
    private const long Rows = 5_000_000 / Orders.RowsPerBatch * Orders.RowsPerBatch;
    private const int DistinctBatches = 256;

    public override string Name => "parquet";

    public override string Question => "How fast is ParquetSharp through our blocks, what does it keep, against DuckDB in the same run?";

    public override void Run(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("chunnel-gate-").FullName;
        try
        {
            var file = Path.Combine(folder, "orders.parquet");
            var batches = Make();
            Write(report, file, batches);
            Read(report, file, batches.Select(batch => batch.Sum()).ToHashSet());
            batches.ForEach(batch => batch.Dispose());
            AgainstDuckDb(report, file, Path.Combine(folder, "copy.parquet"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(Report report, string file, List<Orders> batches)
    {
        foreach (var (dictionary, rowsPerGroup, systemPool) in (IEnumerable<(bool, long, bool)>)
            [(true, 131_072, false), (true, 524_288, false), (true, 1_048_576, false), (true, 1_048_576, true), (false, 1_048_576, false)])
        {
            var found = ChildProcess.Run($"parquet:{dictionary}:{rowsPerGroup}:{systemPool}");
            report.Row($"write, one thread (its processor time), snappy, dictionary {(dictionary ? "on" : "off")}, row groups of {rowsPerGroup:N0}, {(systemPool ? "system" : "default")} allocator", $"{found}");
        }
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var heldAfterCall = WriteOnce(file, batches, dictionary: true, 1_048_576, systemPool: false);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        report.Row("write: managed bytes allocated", $"{(double)allocated / (Rows / Orders.RowsPerBatch):F0} per batch, {(double)allocated / Rows:F2} per row");
        report.Row("references on a block when WriteBufferedRecordBatch has returned", $"{heldAfterCall} at most");
        report.Must("after Close every block is held once again", batches.All(batch => batch.Blocks.All(block => block.References == 1)));
    }

    /// <summary>One way to write, in a process of its own, so that its memory is its own.</summary>
    public static void WriteInChild(bool dictionary, long rowsPerGroup, bool systemPool)
    {
        var file = Path.GetTempFileName();
        var batches = Make();
        GC.Collect();
        Machine.ForgetPeak();
        var before = Machine.ResidentMiB;
        var seconds = Clock.BestOfThread(3, () => WriteOnce(file, batches, dictionary, rowsPerGroup, systemPool));
        Console.WriteLine(FormattableString.Invariant(
            $"{Rows / seconds / 1e6:F1} M rows/s, {new FileInfo(file).Length / 1048576.0:F0} MiB, resident +{Machine.PeakMiB - before:F0} MiB at most"));
        File.Delete(file);
    }

    private static List<Orders> Make()
    {
        var memory = BatchMemory.Unlimited();
        var dice = new Random(1);
        return [.. Enumerable.Range(0, DistinctBatches).Select(i => new Orders(memory, dice, (long)i * Orders.RowsPerBatch))];
    }

    private static int WriteOnce(string file, List<Orders> batches, bool dictionary, long rowsPerGroup, bool systemPool)
    {
        var heldAfterCall = 0;
        using var writer = Settings.Create(file, dictionary, systemPool);
        for (long row = 0; row < Rows; row += Orders.RowsPerBatch)
        {
            if (row % rowsPerGroup == 0)
            {
                writer.NewBufferedRowGroup();
            }
            var batch = batches[(int)(row / Orders.RowsPerBatch % batches.Count)];
            using (var wrapped = batch.Wrap())
            {
                writer.WriteBufferedRecordBatch(wrapped);
            }
            heldAfterCall = Math.Max(heldAfterCall, batch.Blocks.Max(block => block.References));
        }
        writer.Close();
        return heldAfterCall;
    }

    private static void Read(Report report, string file, HashSet<ulong> sums)
    {
        var pool = BatchMemory.Unlimited();
        Machine.ForgetPeak();
        var before = Machine.ResidentMiB;
        long rows = 0;
        var decode = Clock.BestOfThread(3, () => rows = ReadAll(file, _ => { }));
        report.Must("all rows come back", rows == Rows);
        report.Row("read, one thread (its processor time), batches of 4,096", $"{Rows / decode / 1e6:F1} M rows/s; resident set grew by {Machine.PeakMiB - before:F0} MiB");
        var copied = Clock.BestOfThread(3, () => ReadAll(file, batch => CopyIn(batch, pool)));
        report.Row("read and copy into our blocks", $"{Rows / copied / 1e6:F1} M rows/s; the copy costs {(copied - decode) * 1e9 / Rows:F1} ns/row");
        var strangers = 0;
        ReadAll(file, batch => strangers += sums.Contains(Sums.Of(batch)) ? 0 : 1);
        report.Must("every batch has the bytes that were written", strangers == 0);
    }

    private static long ReadAll(string file, Action<RecordBatch> see)
    {
        using var reader = Settings.Open(file);
        using var stream = reader.GetRecordBatchReader();
        long rows = 0;
        while (stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
        {
            using (batch)
            {
                rows += batch.Length;
                see(batch);
            }
        }
        return rows;
    }

    /// <summary>What the way in does: every buffer is copied while its owner is held.</summary>
    private static void CopyIn(RecordBatch batch, BatchMemory pool)
    {
        foreach (var array in batch.Arrays)
        {
            foreach (var buffer in array.Data.Buffers)
            {
                if (buffer.Length == 0)
                {
                    continue;
                }
                var block = pool.Rent(buffer.Length);
                buffer.Span.CopyTo(block.GetSpan());
                block.Release();
            }
        }
        GC.KeepAlive(batch);
    }

    private static void AgainstDuckDb(Report report, string file, string copy)
    {
        foreach (var threads in (int[])[1, 2])
        {
            using var duck = new Duck(threads);
            var read = Clock.Best(3, () => duck.Run($"create or replace temp table t as from '{file}'"));
            var write = Clock.Best(3, () => duck.Run($"copy t to '{copy}' (format parquet, compression snappy)"));
            report.Row($"DuckDB, {threads} thread(s): Parquet into a table of its own; that table to Parquet", $"{Rows / read / 1e6:F1}; {Rows / write / 1e6:F1} M rows/s");
        }
    }
}
