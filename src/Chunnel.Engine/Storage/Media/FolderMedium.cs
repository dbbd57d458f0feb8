using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>
/// A medium in a folder, each object a file: written aside, flushed, given its name by <c>link(2)</c>, and its folder flushed. The folder may
/// lie on a file system that several hosts share, as long as that one knows hard links.
/// </summary>
public sealed class FolderMedium : IObjectMedium
{
    // Aside, so that a listing never meets what is half written.
    private const string Aside = ".aside";
    private const int Tries = 5;
    private const string Cure = "Look whether the folder is there, may be written by this process, has room, and lies on a file system that knows hard links.";
    private static readonly TimeSpan _abandonedAfter = TimeSpan.FromHours(1);

    private readonly string _root;
    private readonly IDisk _disk;
    private readonly TimeProvider _clock;
    private readonly StorageThreads<Action> _threads;
    private bool _isTidy;

    /// <param name="root">The folder; made at the first write where it is missing.</param>
    /// <param name="clock">Tells how old a file is that nobody finished.</param>
    public FolderMedium(string root, TimeProvider clock)
        : this(root, clock, LocalDisk.Instance)
    {
    }

    /// <inheritdoc cref="FolderMedium(string, TimeProvider)"/>
    /// <param name="root"></param>
    /// <param name="clock"></param>
    /// <param name="disk">What does it; tests have disks that fail.</param>
    /// <param name="threads">How many calls are made at the same time.</param>
    public FolderMedium(string root, TimeProvider clock, IDisk disk, int threads = 4)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        (_clock, _disk) = (clock, disk);
        _threads = new StorageThreads<Action>("storage", work => work[0](), threads: threads);
    }

    public string Place => _root;

    public ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop) =>
        DoAsync(() => Put(key, value.Span), writes: true, stop);

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken stop) => DoAsync(() => _disk.Read(FileOf(key)), writes: false, stop);

    public ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop) =>
        DoAsync<IReadOnlyList<string>>(() => List(prefix), writes: false, stop);

    public async ValueTask DeleteAsync(string key, CancellationToken stop) => await DoAsync(() => Delete(key), writes: true, stop);

    public ValueTask<PutOutcome?> PublishAsync(string key, string finalKey, CancellationToken stop) => DoAsync(() => Publish(key, finalKey), writes: true, stop);

    public ValueTask DisposeAsync() => _threads.DisposeAsync();

    private PutOutcome Put(string key, ReadOnlySpan<byte> value)
    {
        TidyOnce();
        var aside = Path.Combine(_root, Aside, Guid.NewGuid().ToString("N"));
        _disk.MakeFolders(Path.Combine(_root, Aside));
        try
        {
            _disk.Write(aside, value);
            return Name(aside, FileOf(key));
        }
        finally
        {
            Forget(aside);
        }
    }

    /// <summary>Somebody who deletes may take the folder away between the making and the linking: then once more.</summary>
    private PutOutcome Name(string file, string name)
    {
        var folder = Path.GetDirectoryName(name)!;
        for (var tries = 1; ; tries++)
        {
            _disk.MakeFolders(folder);
            try
            {
                var outcome = _disk.Link(file, name);
                // Also a name that is taken: it may be my own of an earlier try, which is kept only now.
                _disk.FlushFolder(folder);
                return outcome == LinkOutcome.Made ? PutOutcome.Won : PutOutcome.Taken;
            }
            catch (IOException) when (tries < Tries && !_disk.FolderExists(folder))
            {
                // Once more.
            }
        }
    }

    private PutOutcome? Publish(string key, string finalKey)
    {
        var file = FileOf(key);
        return _disk.Written(file) is null ? null : Name(file, FileOf(finalKey));
    }

    private bool Delete(string key)
    {
        var file = FileOf(key);
        _disk.Delete(file);
        for (var folder = Path.GetDirectoryName(file)!; folder.Length > _root.Length && _disk.Files(folder).Count == 0 && _disk.Folders(folder).Count == 0; folder = Path.GetDirectoryName(folder)!)
        {
            _disk.DeleteIfEmpty(folder);
        }
        return true;
    }

    private List<string> List(string prefix)
    {
        var keys = new List<string>();
        var folder = prefix[..(prefix.LastIndexOf('/') + 1)];
        Gather(folder, prefix, keys);
        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    private void Gather(string folder, string prefix, List<string> keys)
    {
        var path = FileOf(folder);
        keys.AddRange(_disk.Files(path).Select(name => folder + name).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)));
        foreach (var name in _disk.Folders(path))
        {
            var inner = $"{folder}{name}/";
            if (name != Aside && (inner.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(inner, StringComparison.Ordinal))) Gather(inner, prefix, keys);
        }
    }

    /// <summary>What a process that died had begun to write is removed, once it is so old that nobody writes it any more.</summary>
    private void TidyOnce()
    {
        if (Interlocked.Exchange(ref _isTidy, true)) return;
        var folder = Path.Combine(_root, Aside);
        var oldest = _clock.GetUtcNow() - _abandonedAfter;
        foreach (var name in _disk.Files(folder))
        {
            if (_disk.Written(Path.Combine(folder, name)) < oldest) Forget(Path.Combine(folder, name));
        }
    }

    private void Forget(string aside)
    {
        try
        {
            _disk.Delete(aside);
        }
        catch (IOException)
        {
            // It lies aside and disturbs nobody; a later start removes it.
        }
    }

    private string FileOf(string key) => Path.TrimEndingDirectorySeparator(Path.Combine(_root, key));

    private async ValueTask<TAnswer> DoAsync<TAnswer>(Func<TAnswer> call, bool writes, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        ObjectDisposedException.ThrowIf(!_threads.TryAdd(Do), this);
        return await answer.Task.WaitAsync(stop);

        void Do()
        {
            try
            {
                answer.TrySetResult(call());
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                var what = $"{_root}: {fault.Message}";
                answer.TrySetException(writes ? new OutcomeUnknownException(what, fault) { Mend = Cure } : new StorageException(what, fault) { Mend = Cure });
            }
            catch (Exception fault)
            {
                answer.TrySetException(fault);
            }
        }
    }

}
