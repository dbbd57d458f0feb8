using Chunnel.Config;

namespace Chunnel.Engine.Tests;

/// <summary>Engines one after the other on the same storage, with the same plug-ins: processes that come and go.</summary>
internal sealed class StoredEngine : IAsyncDisposable
{
    private readonly MemoryMedium _log = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-checkpoints").FullName;

    public NumbersPlugin Source { get; } = new();

    public CollectPlugin Sink { get; } = new();

    public List<long> Numbers => [.. Sink.Committed.Select(row => row.Number).Order()];

    public async Task<EngineUnderTest> StartAsync(Func<IObjectMedium, IObjectMedium>? around = null)
    {
        IObjectMedium medium = new FolderMedium(_folder, TimeProvider.System);
        var engine = new EngineUnderTest(source: Source, sink: Sink, storage: new EngineStorage
        {
            Log = _log,
            Checkpoints = new CheckpointStore(around?.Invoke(medium) ?? medium, maxRetained: 3, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance),
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
