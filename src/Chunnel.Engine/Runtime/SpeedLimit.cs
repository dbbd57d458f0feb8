using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>
/// Holds a reader to a number of rows and bytes a second (spec config.md 7). The first batch passes at once; each one pays for its rows
/// by the wait before the next, so that the average over any long time is the limit. Batches are kept small enough to flow evenly.
/// </summary>
internal sealed class SpeedLimit(long? rowsPerSecond, long? bytesPerSecond, TimeProvider clock)
{
    private const int PiecesPerSecond = 10;

    private readonly long _began = clock.GetTimestamp();
    private TimeSpan _freeAt;

    /// <summary>The most rows that a reader should put into one batch.</summary>
    public int BatchRows => rowsPerSecond is { } rows ? (int)Math.Clamp(rows / PiecesPerSecond, 1, ColumnBatch.AimRows) : ColumnBatch.AimRows;

    /// <summary>How long nothing may be read; zero or less when something may. Whoever waits stays awake for barriers meanwhile.</summary>
    public TimeSpan Wait => _freeAt - clock.GetElapsedTime(_began);

    /// <summary>A batch was read.</summary>
    public void Pay(long rows, long bytes)
    {
        var now = clock.GetElapsedTime(_began);
        var cost = Math.Max(rows / (double)(rowsPerSecond ?? long.MaxValue), bytes / (double)(bytesPerSecond ?? long.MaxValue));
        var start = _freeAt > now ? _freeAt : now;
        _freeAt = start + TimeSpan.FromSeconds(cost);
    }
}
