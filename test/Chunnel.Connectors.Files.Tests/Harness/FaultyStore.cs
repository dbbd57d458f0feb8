namespace Chunnel.Connectors.Files.Tests;

/// <summary>A disk that fails once, at its k-th step: before the step is done or right after it.</summary>
internal sealed class FaultyStore(IFileStore disk, int failAt, bool afterwards) : IFileStore
{
    private int _steps;

    public bool HasFailed { get; private set; }

    public string Connector => disk.Connector;

    public ValueTask<IReadOnlyList<StoredFile>?> ListAsync(string path, CancellationToken stop) => StepAsync(() => disk.ListAsync(path, stop));

    public ValueTask<bool> ExistsAsync(string path, CancellationToken stop) => StepAsync(() => disk.ExistsAsync(path, stop));

    public ValueTask<IReadOnlyList<string>> FolderNamesAsync(string path, CancellationToken stop) => StepAsync(() => disk.FolderNamesAsync(path, stop));

    public ValueTask<Stream> OpenReadAsync(string path, CancellationToken stop) => StepAsync(() => disk.OpenReadAsync(path, stop));

    public ValueTask<IFileUpload> CreateAsync(string path, CancellationToken stop) => StepAsync(() => disk.CreateAsync(path, stop));

    public ValueTask<bool> MoveAsync(string from, string to, CancellationToken stop) => StepAsync(() => disk.MoveAsync(from, to, stop));

    public ValueTask<bool> MoveIfAbsentAsync(string from, string to, CancellationToken stop) => StepAsync(() => disk.MoveIfAbsentAsync(from, to, stop));

    public ValueTask SettleAsync(IReadOnlyCollection<string> folders, CancellationToken stop) => StepAsync(() => disk.SettleAsync(folders, stop));

    public ValueTask CreateFolderAsync(string path, CancellationToken stop) => StepAsync(() => disk.CreateFolderAsync(path, stop));

    public ValueTask DeleteAsync(string path, CancellationToken stop) => StepAsync(() => disk.DeleteAsync(path, stop));

    public ValueTask DeleteFolderIfEmptyAsync(string path, CancellationToken stop) => StepAsync(() => disk.DeleteFolderIfEmptyAsync(path, stop));

    public ValueTask DisposeAsync() => disk.DisposeAsync();

    private async ValueTask StepAsync(Func<ValueTask> step) => await StepAsync(async () =>
    {
        await step();
        return true;
    });

    private async ValueTask<T> StepAsync<T>(Func<ValueTask<T>> step)
    {
        var fails = ++_steps == failAt;
        HasFailed |= fails;
        if (fails && !afterwards) throw new SimulatedCrashException();
        var result = await step();
        return fails ? throw new SimulatedCrashException() : result;
    }
}

/// <summary>The process dies here.</summary>
internal sealed class SimulatedCrashException() : Exception("The process dies here.");
