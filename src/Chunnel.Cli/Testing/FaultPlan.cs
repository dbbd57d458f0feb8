namespace Chunnel.Cli.Testing;

/// <summary>
/// What goes wrong in a test and when, all from one seed: each fault lets one call to a stand-in fail, so many calls after the fault before
/// it, and rows come in small batches with small pauses.
/// </summary>
internal sealed class FaultPlan
{
    private const int LargestBatch = 7;
    private const int LongestPause = 6;

    /// <summary>A batch is a read and a write, a checkpoint a prepare and a commit: so far that some checkpoints are complete before a fault.</summary>
    private const int LongestWay = 15;

    private readonly Lock _lock = new();
    private readonly Queue<int> _planned = new();
    private readonly long _seed;
    private int _reached;

    public FaultPlan(long seed, int restarts)
    {
        _seed = seed;
        var chance = new Random(unchecked((int)(seed ^ (seed >> 32))));
        for (var i = 0; i < restarts; i++) _planned.Enqueue(chance.Next(1, LongestWay + 1));
    }

    /// <summary>Faults that have happened.</summary>
    public int Happened { get; private set; }

    /// <summary>Rows of the batch that begins at a row: the same at each try.</summary>
    public int BatchRows(int table, int row) => 1 + Chance(table, row).Next(LargestBatch);

    /// <summary>How long to wait before that batch.</summary>
    public TimeSpan Pause(int table, int row) => TimeSpan.FromMilliseconds(Chance(table, ~row).Next(LongestPause));

    /// <summary>The place is reached.</summary>
    /// <exception cref="IOException">It was planned to fail here and now.</exception>
    public void Reach(string place)
    {
        lock (_lock)
        {
            if (!_planned.TryPeek(out var next) || ++_reached < next) return;
            _planned.Dequeue();
            _reached = 0;
            Happened++;
        }
        throw new IOException($"a fault of the test: '{place}' failed");
    }

    private Random Chance(int table, int row) => new(HashOf(table, row));

    private int HashOf(int table, int row) => unchecked((int)(((ulong)_seed * 0x9E3779B97F4A7C15UL + (ulong)table * 0xC2B2AE3D27D4EB4FUL + (ulong)(uint)row * 0x165667B19E3779F9UL) >> 33));
}
