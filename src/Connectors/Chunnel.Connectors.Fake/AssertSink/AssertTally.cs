namespace Chunnel.Connectors.Fake;

/// <summary>What the writers of one attempt have counted together.</summary>
internal sealed class AssertTally
{
    private readonly HashSet<int> _subtasks = [];
    private long _rows;
    private int _ended;

    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>False when the subtask has joined before. The caller guards it.</summary>
    public bool TryJoin(int subtask) => _subtasks.Add(subtask);

    public void Count(long rows) => Interlocked.Add(ref _rows, rows);

    /// <summary>A writer has seen all its rows; true for the last of so many.</summary>
    public bool EndOfWriter(int writers) => Interlocked.Increment(ref _ended) == writers;
}
