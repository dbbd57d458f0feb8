using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Chunnel.TestKit;

namespace Chunnel.JobTests;

/// <summary>
/// The database goes away while a job reads from it and writes into it: exactly the rows of the source all the same, and a clear error when
/// it stays away (architecture.md 6: S1, S2, R4).
/// </summary>
public sealed class DatabaseFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Rows = 30_000;

    /// <summary>As often as it takes, and at once.</summary>
    private const string Persistent = "checkpoint.interval = 60, job.retry.times = 100000, job.retry.interval.seconds = 0";

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-database-").FullName;
    private readonly Random _dice = Chance.New(output);
    private PostgresServer? _server;
    private PostgresDatabase? _database;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        // One of its own: it is restarted, and may not forget what it has committed.
        _server = await PostgresServer.StartAsync(Stop, "synchronous_commit=on");
        _database = await _server.DatabaseAsync(Stop);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Fault("PostgreSQL is restarted, `-m immediate`", "while the job reads from it and writes into it", FaultMatrix.NothingPrepared)]
    public Task The_server_is_restarted_without_a_goodbye(int parallelism) => GoesOnAsync(parallelism, _database!.Port, faults: 3, async () =>
    {
        await _server!.RestartAsync(Stop);
        return 1;
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Fault("PostgreSQL ends connections, `pg_terminate_backend`", "at random moments: mid-copy, at a barrier, at a commit", FaultMatrix.NothingPrepared)]
    public Task The_server_ends_connections_at_work(int parallelism) => GoesOnAsync(parallelism, _database!.Port, faults: 15, async () =>
    {
        var ended = await _database.RowsAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'Chunnel' and random() < 0.6", Stop);
        return int.Parse(ended[0], CultureInfo.InvariantCulture);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Fault("The wire to PostgreSQL is cut", "at random moments, with whatever is on its way", FaultMatrix.NothingPrepared)]
    public async Task The_wire_is_cut_at_work(int parallelism)
    {
        await using var wire = new WireCutter(_database!.Port);
        await GoesOnAsync(parallelism, wire.Port, faults: 15, () => Task.FromResult(wire.Cut()));
    }

    [Fact]
    [Fault("The wire to PostgreSQL is cut and stays cut", "mid-copy", "the job fails when its retries are used up: code, address, cause, cure, no password")]
    public async Task When_the_server_stays_away_the_job_fails_and_says_so()
    {
        var wire = new WireCutter(_database!.Port);
        var copy = new Copying(new PostgresEnd(_database, "source", wire.Port), new FileEnd(_folder), Rows);
        await copy.SetUpAsync();
        await using var node = await ServerProgram.StartAsync(_folder);
        var jobId = await node.SubmitAsync(copy.Job(1, rowsPerSecond: Rows / 20, "checkpoint.interval = 60, job.retry.times = 2, job.retry.interval.seconds = 0"));
        while (wire.Bytes < 100_000) await Task.Delay(10, Stop);
        await wire.DisposeAsync();

        var failed = await node.FailureOfAsync(jobId);
        failed.ShouldContain("ErrorCode:[JDBC-04]");
        failed.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{wire.Port}"));
        failed.ShouldContain("refused");
        failed.ShouldContain("Is the server up, and do host and port in 'url' lead to it?");
        failed.ShouldNotContain(PostgresServer.Password);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_database is not null) await _database.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>From PostgreSQL into PostgreSQL, while both ends break again and again.</summary>
    private async Task GoesOnAsync(int parallelism, int port, int faults, Func<Task<int>> breakAsync)
    {
        var copy = new Copying(new PostgresEnd(_database!, "source", port), new PostgresEnd(_database!, "target", port), Rows);
        await copy.SetUpAsync();
        await using var node = await ServerProgram.StartAsync(_folder);
        var jobId = await node.SubmitAsync(copy.Job(parallelism, rowsPerSecond: Rows / 5, Persistent));
        var broken = 0;
        for (var fault = 0; fault < faults && await node.StatusAsync(jobId) != "FINISHED"; fault++)
        {
            await Task.Delay(_dice.Next(20, 400), Stop);
            broken += await breakAsync();
        }
        (await node.EndOfAsync(jobId)).ShouldBe("FINISHED");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{broken} broken"));
        broken.ShouldBeGreaterThan(0);
        await copy.CheckAsync();
    }
}
