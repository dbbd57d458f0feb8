using Chunnel.Engine;

namespace Chunnel.TestKit;

/// <summary>
/// A disk in memory that can fail at any of its steps and lose its power. After <see cref="CutPower"/> it holds what was flushed for certain, and
/// of the rest what its dice say: names that are there or not, contents that are whole, cut off or zeros. The same seed loses the same.
/// </summary>
public sealed class SimulatedDisk(int seed) : IDisk
{
    private static readonly DateTimeOffset _always = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _dice = new(seed);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Folder> _folders = new(StringComparer.Ordinal) { ["/"] = new() };
    private int _steps;

    private enum Fault
    {
        None,
        ThisOne,
        AllFromHere,
    }

    /// <summary>How many steps were taken: each can fail.</summary>
    public int Steps
    {
        get
        {
            lock (_lock) return _steps;
        }
    }

    /// <summary>The step that fails, counted from 1 over the life of the disk: it has no room, or the device says no.</summary>
    public int FailsAt { get; set; }

    /// <summary>From this step on the machine is without power: everything fails.</summary>
    public int DiesAt { get; set; }

    /// <summary>The power comes back: the disk has what it had flushed, and some of what it had not.</summary>
    public void CutPower()
    {
        lock (_lock)
        {
            DiesAt = 0;
            foreach (var folder in _folders.Values)
            {
                foreach (var name in folder.Names.Keys.Union(folder.Flushed.Keys).Order(StringComparer.Ordinal).ToArray())
                {
                    var (now, flushed) = (folder.Names.GetValueOrDefault(name), folder.Flushed.GetValueOrDefault(name));
                    var stays = ReferenceEquals(now, flushed) || _dice.Next(2) == 0 ? now : flushed;
                    if (stays is null) folder.Names.Remove(name);
                    else folder.Names[name] = stays;
                }
                foreach (var inode in folder.Names.Values) inode.LosePower(_dice);
                folder.Flush();
            }
            // A folder whose own name is lost is lost with all that is in it.
            foreach (var path in _folders.Keys.Where(path => path != "/").OrderBy(path => path.Length).ToArray())
            {
                var above = Above(path);
                if (!_folders.TryGetValue(above, out var parent) || !parent.Names.ContainsKey(NameOf(path))) _folders.Remove(path);
            }
        }
    }

    public bool FolderExists(string path)
    {
        lock (_lock) return _folders.ContainsKey(path);
    }

    public void MakeFolder(string path)
    {
        lock (_lock)
        {
            if (_folders.ContainsKey(path)) return;
            Step(path);
            Get(Above(path)).Names[NameOf(path)] = new Inode();
            _folders[path] = new Folder();
        }
    }

    public void FlushFolder(string path)
    {
        lock (_lock)
        {
            Step(path);
            Get(path).Flush();
        }
    }

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        lock (_lock)
        {
            Step(path);
            var folder = Get(Above(path));
            if (folder.Names.ContainsKey(NameOf(path))) throw new IOException($"{path} is there already.");
            var file = new Inode();
            folder.Names[NameOf(path)] = file;
            // A disk that fills up leaves a part.
            if (TryStep() != Fault.None)
            {
                file.Content = content[..(content.Length / 2)].ToArray();
                throw Failed(path);
            }
            file.Content = content.ToArray();
            Step(path);
            file.Flushed = file.Content;
        }
    }

    public byte[]? Read(string path)
    {
        lock (_lock)
        {
            Step(path);
            return _folders.TryGetValue(Above(path), out var folder) && folder.Names.TryGetValue(NameOf(path), out var file) ? (byte[])file.Content.Clone() : null;
        }
    }

    public LinkOutcome Link(string file, string name)
    {
        lock (_lock)
        {
            Step(name);
            var inode = Get(Above(file)).Names.TryGetValue(NameOf(file), out var found) ? found : throw new IOException($"{file} is not there.");
            return Get(Above(name)).Names.TryAdd(NameOf(name), inode) ? LinkOutcome.Made : LinkOutcome.Taken;
        }
    }

    public void Delete(string path)
    {
        lock (_lock)
        {
            Step(path);
            if (_folders.TryGetValue(Above(path), out var folder)) folder.Names.Remove(NameOf(path));
        }
    }

    public void DeleteIfEmpty(string path)
    {
        lock (_lock)
        {
            Step(path);
            if (!_folders.TryGetValue(path, out var folder) || folder.Names.Count > 0) return;
            _folders.Remove(path);
            Get(Above(path)).Names.Remove(NameOf(path));
        }
    }

    public IReadOnlyList<string> Files(string folder) => Names(folder, isFolder: false);

    public IReadOnlyList<string> Folders(string folder) => Names(folder, isFolder: true);

    public DateTimeOffset? Written(string path)
    {
        lock (_lock)
        {
            Step(path);
            return _folders.TryGetValue(Above(path), out var folder) && folder.Names.ContainsKey(NameOf(path)) ? _always : null;
        }
    }

    private string[] Names(string folder, bool isFolder)
    {
        lock (_lock)
        {
            Step(folder);
            if (!_folders.TryGetValue(folder, out var found)) return [];
            return [.. found.Names.Keys.Where(name => _folders.ContainsKey(Path.Combine(folder, name)) == isFolder).Order(StringComparer.Ordinal)];
        }
    }

    private Folder Get(string path) => _folders.TryGetValue(path, out var folder) ? folder : throw new DirectoryNotFoundException($"{path} is not there.");

    private void Step(string path)
    {
        if (TryStep() != Fault.None) throw Failed(path);
    }

    private Fault TryStep()
    {
        _steps++;
        if (DiesAt > 0 && _steps >= DiesAt) return Fault.AllFromHere;
        return _steps == FailsAt ? Fault.ThisOne : Fault.None;
    }

    private IOException Failed(string path) => new($"Step {_steps} ({path}) failed: No space left on device.");

    private static string Above(string path) => Path.GetDirectoryName(path)!;

    private static string NameOf(string path) => Path.GetFileName(path);

    private sealed class Folder
    {
        public Dictionary<string, Inode> Names { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Inode> Flushed { get; private set; } = new(StringComparer.Ordinal);

        public void Flush() => Flushed = new(Names, StringComparer.Ordinal);
    }

    private sealed class Inode
    {
        public byte[] Content { get; set; } = [];

        public byte[]? Flushed { get; set; }

        public void LosePower(Random dice)
        {
            if (Flushed is null)
            {
                Content = dice.Next(3) switch
                {
                    0 => Content,
                    1 => Content[..dice.Next(Content.Length + 1)],
                    _ => new byte[Content.Length],
                };
            }
            Flushed = Content;
        }
    }
}
