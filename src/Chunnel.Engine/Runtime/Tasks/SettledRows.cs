using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>
/// Counts the rows of a writer that may refuse some after it took them: as written counts what it was given, less what it refused, less what may
/// still be refused. So the count never falls.
/// </summary>
internal sealed class SettledRows(IRowRefusals refusals) : IRowRefusals
{
    private long _given;
    private long _givenBytes;
    private long _refused;
    private long _counted;
    private long _countedBytes;

    public bool EndsJob => refusals.EndsJob;

    public void Refuse(ColumnBatch batch, int row, ChunnelException error)
    {
        refusals.Refuse(batch, row, error);
        Interlocked.Increment(ref _refused);
    }

    public void Refuse(UnreadRow row, ChunnelException error) => throw new BrokenBeliefException("a sink refuses rows, which were read");

    public void Give(long rows, long bytes)
    {
        _given += rows;
        _givenBytes += bytes;
    }

    /// <summary>What is written since the last call.</summary>
    /// <param name="unsettled">What may still be refused.</param>
    public (long Rows, long Bytes) Settle(long unsettled)
    {
        // In this order: what was unsettled a moment ago is refused by now, never the other way round.
        var left = _given - _counted - Interlocked.Read(ref _refused);
        var rows = Math.Max(0, left - unsettled);
        if (rows == 0) return (0, 0);
        var bytes = unsettled == 0 ? _givenBytes - _countedBytes : (_givenBytes - _countedBytes) * rows / left;
        _counted += rows;
        _countedBytes += bytes;
        return (rows, bytes);
    }
}
