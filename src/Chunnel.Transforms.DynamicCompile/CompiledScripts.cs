namespace Chunnel.Transforms.DynamicCompile;

/// <summary>
/// Scripts that are compiled, by their text: subtasks, restarts and jobs with the same text share one. The newest are kept, so that memory does not
/// grow with the number of jobs; one that is dropped is unloaded when the last transform that runs it is gone.
/// </summary>
/// <param name="kept">How many are kept.</param>
internal sealed class CompiledScripts(int kept)
{
    public static readonly CompiledScripts Shared = new(kept: 16);

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Text, Lazy<CompiledScript> Script)> _newestFirst = new();

    private int _compilations;

    /// <summary>How often something was compiled.</summary>
    public int Compilations => Volatile.Read(ref _compilations);

    /// <exception cref="Core.ChunnelException">It cannot be compiled; everything that is wrong is told.</exception>
    public CompiledScript Get(ScriptText script)
    {
        Lazy<CompiledScript> found;
        lock (_lock)
        {
            var node = _newestFirst.First;
            while (node is not null && node.Value.Text != script.Text) node = node.Next;
            if (node is null) node = new LinkedListNode<(string, Lazy<CompiledScript>)>((script.Text, new Lazy<CompiledScript>(() => Compile(script))));
            else _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            while (_newestFirst.Count > kept) Drop(_newestFirst.Last!);
            found = node.Value.Script;
        }
        try
        {
            return found.Value;
        }
        catch
        {
            // What is wrong is told with the place of who asks: the next one is told anew.
            lock (_lock)
            {
                for (var node = _newestFirst.First; node is not null; node = node.Next)
                {
                    if (!ReferenceEquals(node.Value.Script, found)) continue;
                    _newestFirst.Remove(node);
                    break;
                }
            }
            throw;
        }
    }

    private CompiledScript Compile(ScriptText script)
    {
        Interlocked.Increment(ref _compilations);
        return ScriptCompiler.Compile(script);
    }

    private void Drop(LinkedListNode<(string Text, Lazy<CompiledScript> Script)> node)
    {
        _newestFirst.Remove(node);
        if (node.Value.Script.IsValueCreated) node.Value.Script.Value.Unload();
    }
}
