using Chunnel.Core;
using Microsoft.Data.Sqlite;

namespace Chunnel.Engine;

/// <summary>
/// A medium in one SQLite file with a write-ahead log, each commit flushed: for one node, or several processes on one host, never on a network
/// disk. Whatever is asked while a commit is under way shares the next one.
/// </summary>
public sealed partial class SqliteMedium : ILogMedium
{
    private const int MostTogether = 1_000;
    private const int Full = 13;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly string _file;
    private readonly StorageThreads<Call> _threads;
    private Database? _database;

    /// <param name="file">The database; made, with its folder, at the first call where it is missing.</param>
    public SqliteMedium(string file)
    {
        _file = Path.GetFullPath(file);
        _threads = new StorageThreads<Call>("control log", Do, MostTogether);
    }

    public string Place => _file;

    public async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop) =>
        await AskAsync(new Call.Put(key, value), stop) ? PutOutcome.Won : PutOutcome.Taken;

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken stop) => AskAsync(new Call.Get(key), stop);

    public ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop) => AskAsync(new Call.List(prefix), stop);

    public async ValueTask DeleteAsync(string key, CancellationToken stop) => await AskAsync(new Call.Delete(key), stop);

    public async ValueTask DisposeAsync()
    {
        await _threads.DisposeAsync();
        _database?.Dispose();
        _database = null;
    }

    private async ValueTask<TAnswer> AskAsync<TAnswer>(Call<TAnswer> call, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(!_threads.TryAdd(call), this);
        return await call.Answered.WaitAsync(stop);
    }

    /// <summary>Runs on the thread: all calls in one transaction, answered when it is durable.</summary>
    private void Do(IReadOnlyList<Call> calls)
    {
        var isCommitting = false;
        try
        {
            _database ??= Database.Open(_file);
            var writes = calls.Any(call => call.Writes);
            if (writes) _database.Begin();
            foreach (var call in calls) call.Run(_database);
            isCommitting = true;
            if (writes) _database.Commit();
            foreach (var call in calls) call.Answer();
        }
        catch (Exception fault)
        {
            // A connection that failed is not trusted with the next call.
            _database?.Dispose();
            _database = null;
            if (calls.Count == 1 || isCommitting)
            {
                foreach (var call in calls) call.Fail(Told(fault, call.Writes && isCommitting));
            }
            else
            {
                // Nothing of it is written: one that cannot be done must not take the others with it.
                foreach (var call in calls) Do([call]);
            }
        }
    }

    private Exception Told(Exception fault, bool mayHaveWritten) => fault switch
    {
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => new CorruptStateException($"{_file}: {fault.Message}", fault)
        {
            Mend = "The database is damaged. Put it back from a copy; without one, move it away: the node starts with no jobs, and each can be started again from its checkpoints.",
        },
        SqliteException { SqliteErrorCode: Full } => new StorageException($"{_file}: {fault.Message}", fault) { Mend = "Make room on the disk: the node goes on by itself." },
        SqliteException or IOException or UnauthorizedAccessException when mayHaveWritten => new OutcomeUnknownException($"{_file}: {fault.Message}", fault),
        SqliteException or IOException or UnauthorizedAccessException => new StorageException($"{_file}: {fault.Message}", fault)
        {
            Mend = "Look whether the folder is there, may be written by this process, and has room.",
        },
        _ => fault,
    };
}
