using System.Globalization;
using Chunnel.Config;

namespace Chunnel.Engine.Tests;

/// <summary>Engines one after the other on the same storage, with the same plug-ins: processes that come and go.</summary>
internal sealed class StoredEngine : IAsyncDisposable
{
    public const int MaxRetained = 3;

    private readonly MemoryMedium _log = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-checkpoints").FullName;

    public NumbersPlugin Source { get; } = new();

    public CollectPlugin Sink { get; } = new();

    public ChangingPlugin Changing { get; } = new();

    public LedgerPlugin Ledger { get; } = new();

    public List<long> Numbers => [.. Sink.Committed.Select(row => row.Number).Order()];

    /// <summary>The names of a job's complete checkpoints.</summary>
    public IReadOnlyList<string> FilesOf(long jobId)
    {
        var folder = Path.Combine(_folder, jobId.ToString(CultureInfo.InvariantCulture));
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.ser").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Their ids, the oldest first.</summary>
    public IReadOnlyList<long> IdsOf(long jobId) =>
        [.. FilesOf(jobId).Select(name => CheckpointFile.Parse(string.Create(CultureInfo.InvariantCulture, $"{jobId}/{name}"))!.Value.CheckpointId).Order()];

    public bool HasFolderOf(long jobId) => Directory.Exists(Path.Combine(_folder, jobId.ToString(CultureInfo.InvariantCulture)));

    public async Task<EngineUnderTest> StartAsync(Func<IObjectMedium, IObjectMedium>? around = null)
    {
        IObjectMedium medium = new FolderMedium(_folder, TimeProvider.System);
        var engine = new EngineUnderTest(source: Source, sink: Sink, changing: Changing, ledger: Ledger, storage: new EngineStorage
        {
            Log = _log,
            Checkpoints = new CheckpointStore(around?.Invoke(medium) ?? medium, MaxRetained, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance),
            Shades = ShadeSet.BuiltIn,
        });
        await engine.Engine.StartAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
