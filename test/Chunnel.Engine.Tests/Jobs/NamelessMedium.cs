namespace Chunnel.Engine.Tests;

/// <summary>A double of a store that refuses to give savepoints their names for as long as it is told to; everything else works.</summary>
internal sealed class NamelessMedium(IObjectMedium inner) : IObjectMedium
{
    private volatile bool _refuses = true;

    public string Place => inner.Place;

    public void LetName() => _refuses = false;

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop) => inner.PutIfAbsentAsync(key, value, stop);

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken stop) => inner.GetAsync(key, stop);

    public ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop) => inner.ListAsync(prefix, stop);

    public ValueTask DeleteAsync(string key, CancellationToken stop) => inner.DeleteAsync(key, stop);

    public ValueTask<PutOutcome?> PublishAsync(string key, string finalKey, CancellationToken stop) =>
        _refuses && CheckpointFile.Parse(finalKey) is { IsPassingSavepoint: true } ? throw new StorageException("No name is to be had.") : inner.PublishAsync(key, finalKey, stop);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
