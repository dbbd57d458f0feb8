namespace Chunnel.Engine.Tests;

/// <summary>A double of a share that has gone away: giving a file its name takes for ever, everything else works.</summary>
internal sealed class StuckMedium(IObjectMedium inner) : IObjectMedium
{
    public string Place => inner.Place;

    /// <summary>Completes when the first call is stuck.</summary>
    public TaskCompletionSource IsStuck { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop) => inner.PutIfAbsentAsync(key, value, stop);

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken stop) => inner.GetAsync(key, stop);

    public ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop) => inner.ListAsync(prefix, stop);

    public ValueTask DeleteAsync(string key, CancellationToken stop) => inner.DeleteAsync(key, stop);

    public async ValueTask<PutOutcome?> PublishAsync(string key, string finalKey, CancellationToken stop)
    {
        IsStuck.TrySetResult();
        await Task.Delay(Timeout.Infinite, stop);
        return null;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
