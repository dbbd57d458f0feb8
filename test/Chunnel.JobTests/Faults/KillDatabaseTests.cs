using Chunnel.TestKit;

namespace Chunnel.JobTests;

/// <summary>
/// PostgreSQL at one end or at both, through any number of kills of the node: exactly the rows of the source, and no prepared transaction
/// left behind (architecture.md 6: S1, S2, S8).
/// </summary>
public sealed class KillDatabaseTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly KillLoop _loop = new(output);
    private PostgresDatabase? _database;

    private FileEnd Files => new(Path.Combine(_loop.Folder, "files"));

    private PostgresEnd Table => new(_database!, "target");

    private PostgresEnd Source => new(_database!, "source");

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        var stop = TestContext.Current.CancellationToken;
        _database = await (await PostgresServer.SharedAsync(stop)).DatabaseAsync(stop);
    }

    [Fact]
    [Fault("`kill -9` of the node, again and again: files into PostgreSQL", "at random moments, by a seed: at work, and while it starts", FaultMatrix.NothingPrepared)]
    public Task Files_into_PostgreSQL() => _loop.RunAsync(new Copying(Files, Table, 30_000), 2);

    [Fact]
    [Fault("`kill -9` of the node, again and again: files into PostgreSQL, which refuses some rows: they are dead letters", "at random moments, by a seed: at work, and while it starts", FaultMatrix.NothingPrepared)]
    public Task Files_into_PostgreSQL_and_dead_letters() =>
        _loop.RunAsync(new Copying(Files, new LettersEnd(new PostgresEnd(_database!, "target", check: "check (id % 97 <> 0)"), _loop.Folder, transform: "", refused: 97), 30_000), 2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Fault("`kill -9` of the node, again and again: PostgreSQL into files", "at random moments, by a seed: at work, and while it starts")]
    public Task PostgreSQL_into_files(int parallelism) => _loop.RunAsync(new Copying(Source, Files, 30_000), parallelism);

    [Fact]
    [Fault("`kill -9` of the node, again and again: PostgreSQL into PostgreSQL", "at random moments, by a seed: at work, and while it starts", FaultMatrix.NothingPrepared)]
    public Task PostgreSQL_into_PostgreSQL() => _loop.RunAsync(new Copying(Source, Table, 30_000), 2);

    [Fact]
    [Fault("`kill -9` of the node, again and again: FakeSource into PostgreSQL", "at random moments, by a seed: at work, and while it starts", FaultMatrix.NothingPrepared)]
    public Task Made_up_rows_into_PostgreSQL() => _loop.RunAsync(new Copying(new FakeEnd(), Table, 30_000), 2);

    public async ValueTask DisposeAsync()
    {
        _loop.Dispose();
        if (_database is not null) await _database.DisposeAsync();
    }
}
