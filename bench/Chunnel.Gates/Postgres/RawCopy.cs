using System.Diagnostics;
using Chunnel.Connectors.Jdbc;
using Chunnel.TestKit;
using Npgsql;

namespace Chunnel.Gates.Postgres;

/// <summary>data-path.md 10.1: what a COPY's bytes cost a row before anything is decoded, by the driver's stream and by ours around it.</summary>
internal sealed class RawCopy : Gate
{
    private const int Rows = 2_000_000;
    private const int Runs = 5;
    private const int Bar = 80;
    private const int ChunkBytes = 256 << 10;

    public override string Name => "pg-copy";

    public override string Question => "Does receiving a binary COPY cost at most 80 ns of processor time a row, all threads together, before anything is decoded?";

    public override void Run(Report report)
    {
        if (PostgresServer.Missing is { } missing)
        {
            report.Must(missing, holds: false);
            return;
        }
        RunAsync(report).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(Report report)
    {
        await using var server = await PostgresServer.StartAsync(CancellationToken.None);
        await using var database = await server.DatabaseAsync(CancellationToken.None);
        await database.RunAsync($"""
            create table orders(id bigint, n int, price float8, name text, ts timestamp);
            insert into orders select g, g % 1000000, g / 100.0, 'customer ' || lpad(g::text, 8, '0'), timestamp '2024-01-01' + g * interval '1 second' from generate_series(1, {Rows}) g;
            vacuum analyze orders;
            """, CancellationToken.None);
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={server.Port};Database={database.Name};Username={PostgresServer.User};Password={PostgresServer.Password};Pooling=false;Read Buffer Size={ChunkBytes}");
        await connection.OpenAsync();
        report.Row("rows of five columns", $"{Rows:N0}");
        var driver = Measure(report, "the driver's stream", () => ReadByDriver(connection));
        var ours = Measure(report, "PgCopyOut", () => ReadByUs(connection));
        report.Must("as many bytes by either", driver.Bytes == ours.Bytes);
        report.Must($"PgCopyOut: at most {Bar} ns a row", ours.Nanos <= Bar);
    }

    /// <summary>The least of some runs: the process's time, for the runtime's own threads work for a socket too.</summary>
    private static (double Nanos, long Bytes) Measure(Report report, string who, Func<long> read)
    {
        var (process, thread, wall, bytes, allocated) = (double.MaxValue, double.MaxValue, double.MaxValue, 0L, 0L);
        for (var run = 0; run <= Runs; run++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var began = Stopwatch.GetTimestamp();
            var (cpu, own) = (Environment.CpuUsage.TotalTime, Clock.ThreadSeconds());
            bytes = read();
            thread = Math.Min(thread, Clock.ThreadSeconds() - own);
            process = Math.Min(process, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
            wall = Math.Min(wall, Stopwatch.GetElapsedTime(began).TotalSeconds);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }
        var nanos = process * 1e9 / Rows;
        report.Row($"{who}: processor time of all threads, the least of five", $"{nanos:F0} ns a row");
        report.Row($"{who}: of the reading thread", $"{thread * 1e9 / Rows:F0} ns a row");
        report.Row($"{who}: wall", $"{Rows / wall / 1e6:F2} M rows/s");
        report.Row($"{who}: allocated", $"{(double)allocated / Rows:F3} bytes a row");
        return (nanos, bytes);
    }

    private static long ReadByDriver(NpgsqlConnection connection)
    {
        using var copy = connection.BeginRawBinaryCopy("copy orders to stdout (format binary)");
        return Drain(copy.Read);
    }

    private static long ReadByUs(NpgsqlConnection connection)
    {
        var copy = new PgCopyOut(connection.BeginRawBinaryCopy("copy orders to stdout (format binary)"));
        var bytes = Drain(to =>
        {
            copy.Gather();
            return copy.Read(to);
        });
        copy.Leave();
        copy.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return bytes;
    }

    private static long Drain(ReadSome read)
    {
        var buffer = new byte[ChunkBytes];
        var (bytes, filled) = (0L, 0);
        while (read(buffer.AsSpan(filled)) is > 0 and var came)
        {
            bytes += came;
            filled += came;
            if (filled == buffer.Length) filled = 0;
        }
        return bytes;
    }

    private delegate int ReadSome(Span<byte> to);
}
