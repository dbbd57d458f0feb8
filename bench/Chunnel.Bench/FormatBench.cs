using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Bench;

/// <summary>Bytes to columns and columns to bytes, on one core, without files.</summary>
internal static class FormatBench
{
    private const int Rows = 1_000_000;
    private const int Rounds = 7;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task RunAsync()
    {
        var csv = Orders.Csv(Rows);
        Console.WriteLine($"{Rows:N0} rows, {csv.Length / (double)Rows:F1} bytes of csv a row, best and median of {Rounds}, by processor time");
        var memory = BatchMemory.Unlimited();
        await Measure("csv -> columns", () => DecodeAsync(new TextDecoder(new MemoryStream(csv), Request(memory), DelimitedOptions.Csv)));
        await Measure("csv -> columns, plain loops", () => DecodeAsync(new TextDecoder(new MemoryStream(csv), Request(memory), DelimitedOptions.Csv with { Fast = false })));
        var batches = await BatchesAsync(csv, memory);
        await Measure("columns -> csv", () => Encode(new TextEncoder(Orders.Schema, DelimitedOptions.Csv), batches));
        await Measure("columns -> csv, plain loops", () => Encode(new TextEncoder(Orders.Schema, DelimitedOptions.Csv with { Fast = false }), batches));
        await Measure("columns -> json lines", () => Encode(new JsonLinesEncoder(Orders.Schema, JsonOptions.Default), batches));
        await Measure("columns -> json lines, plain loops", () => Encode(new JsonLinesEncoder(Orders.Schema, new JsonOptions { Fast = false }), batches));
        var json = Json(batches);
        await Measure("json lines -> columns", () => DecodeAsync(new JsonLinesDecoder(new MemoryStream(json), Request(memory), JsonOptions.Default)));
        await Measure("json lines -> columns, plain loops", () => DecodeAsync(new JsonLinesDecoder(new MemoryStream(json), Request(memory), new JsonOptions { Fast = false })));
    }

    private static DecodeRequest Request(BatchMemory memory) => new() { File = "orders", Schema = Orders.Schema, Memory = memory };

    private static async Task DecodeAsync(ITableDecoder decoder)
    {
        await using (decoder)
        {
            while (await decoder.ReadAsync(CancellationToken.None) is { } batch) batch.Dispose();
        }
    }

    private static Task Encode(ITableEncoder encoder, List<ColumnBatch> batches)
    {
        var writer = new ByteWriter(1 << 20);
        encoder.Begin(writer);
        foreach (var batch in batches)
        {
            encoder.Write(batch, writer);
            writer.Clear();
        }
        return Task.CompletedTask;
    }

    private static async Task<List<ColumnBatch>> BatchesAsync(byte[] csv, BatchMemory memory)
    {
        var batches = new List<ColumnBatch>();
        await using var decoder = new TextDecoder(new MemoryStream(csv), Request(memory), DelimitedOptions.Csv);
        while (await decoder.ReadAsync(CancellationToken.None) is { } batch) batches.Add(batch);
        return batches;
    }

    private static byte[] Json(List<ColumnBatch> batches)
    {
        var encoder = new JsonLinesEncoder(Orders.Schema, JsonOptions.Default);
        var writer = new ByteWriter();
        encoder.Begin(writer);
        foreach (var batch in batches) encoder.Write(batch, writer);
        return writer.Written.ToArray();
    }

    /// <summary>Counts processor time, not time on the wall: other programs on the machine then disturb less.</summary>
    private static async Task Measure(string what, Func<Task> run)
    {
        var warm = Environment.CpuUsage.TotalTime + WarmUp;
        while (Environment.CpuUsage.TotalTime < warm) await run();
        var times = new List<double>();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Rounds; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            await run();
            times.Add((Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        times.Sort();
        Console.WriteLine($"{what,-36} {Rows / times[0] / 1e6,6:F2} M rows/s best, {Rows / times[Rounds / 2] / 1e6,6:F2} median, {times[0] * 1e9 / Rows,5:F0} ns a row, {allocated / (double)Rounds / Rows:F2} B allocated a row");
    }
}
