using System.Globalization;
using Chunnel.TestKit;

namespace Chunnel.JobTests;

/// <summary>The database that the jobs of a case name, fresh for each case on the server that all of them share.</summary>
internal sealed class CaseDatabase : IAsyncDisposable
{
    /// <summary>As the cases write it: database, user and password by one name, on the usual port.</summary>
    private const string Name = "field";
    private const string Address = "127.0.0.1:5432";

    private readonly PostgresServer _server;
    private readonly PostgresDatabase _database;
    private readonly Workplace _place;

    private CaseDatabase(PostgresServer server, PostgresDatabase database, Workplace place) => (_server, _database, _place) = (server, database, place);

    /// <summary>Creates the database, fills it as the case says, and points the case's jobs at it.</summary>
    public static async Task<CaseDatabase> SetUpAsync(Workplace place, CancellationToken stop)
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        var server = await PostgresServer.SharedAsync(stop);
        await server.RunAsync("postgres", $"do $$ begin if not exists (select from pg_roles where rolname = '{Name}') then create role {Name} superuser login password '{Name}'; end if; end $$", stop);
        var database = await server.DatabaseAsync(stop, Name);
        foreach (var job in place.Glob("*.conf"))
        {
            var text = await File.ReadAllTextAsync(job, stop);
            await File.WriteAllTextAsync(job, text.Replace(Address, $"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal), stop);
        }
        var made = new CaseDatabase(server, database, place);
        await server.RunAsync(Name, await File.ReadAllTextAsync(Path.Combine(place.Folder, "setup.pg.sql"), stop), stop);
        return made;
    }

    /// <summary>What the case's questions to the database answer otherwise than it expects.</summary>
    public async Task<IReadOnlyList<string>> WrongAsync(Case job, CancellationToken stop)
    {
        var wrong = new List<string>();
        if (!job.Expect.TryGetProperty("sql", out var questions)) return wrong;
        foreach (var question in questions.EnumerateArray())
        {
            var answer = await _server.RunAsync(Name, await File.ReadAllTextAsync(Path.Combine(_place.Folder, question.GetProperty("file").GetString()!), stop), stop);
            var expected = await File.ReadAllTextAsync(Path.Combine(_place.Folder, question.GetProperty("same_as").GetString()!), stop);
            if (answer.TrimEnd('\n') != expected.TrimEnd('\n')) wrong.Add($"the database answers\n{answer}\n  expected\n{expected}");
        }
        return wrong;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
