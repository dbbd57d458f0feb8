using System.Diagnostics;
using Chunnel.TestKit;
using Npgsql;

namespace Chunnel.Gates.Postgres;

/// <summary>data-path.md 10.1: what the driver's raw COPY stream costs a row when it is read synchronously without a token.</summary>
internal sealed class RawCopy : Gate
{
    private const int Rows = 2_000_000;
    private const int Runs = 5;
    private const int Bar = 80;
    private const int ChunkBytes = 256 << 10;

    public override string Name => "pg-copy";

    public override string Question => "Does reading Npgsql's raw binary COPY cost at most 80 ns of processor time a row, before anything is decoded?";

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
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={server.Port};Database={database.Name};Username={PostgresServer.User};Password={PostgresServer.Password};Pooling=false;Read Buffer Size=65536");
        await connection.OpenAsync();
        var buffer = new byte[ChunkBytes];
        var (least, wall, bytes, allocated) = (double.MaxValue, double.MaxValue, 0L, 0L);
        for (var run = 0; run <= Runs; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            var cpu = Clock.ThreadSeconds();
            bytes = Read(connection, buffer);
            least = Math.Min(least, Clock.ThreadSeconds() - cpu);
            wall = Math.Min(wall, Stopwatch.GetElapsedTime(began).TotalSeconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        var nanos = least * 1e9 / Rows;
        report.Row("rows of five columns", $"{Rows:N0}, {(double)bytes / Rows:F1} bytes each");
        report.Row("processor time of the reading thread, the least of five", $"{nanos:F0} ns a row");
        report.Row("wall", $"{Rows / wall / 1e6:F2} M rows/s");
        report.Row("allocated", $"{(double)allocated / Rows:F3} bytes a row");
        report.Must($"at most {Bar} ns a row", nanos <= Bar);
    }

    private static long Read(NpgsqlConnection connection, byte[] buffer)
    {
        using var copy = connection.BeginRawBinaryCopy("copy orders to stdout (format binary)");
        long bytes = 0;
        var filled = 0;
        while (copy.Read(buffer.AsSpan(filled)) is > 0 and var read)
        {
            bytes += read;
            filled += read;
            if (filled == buffer.Length) filled = 0;
        }
        return bytes;
    }
}
