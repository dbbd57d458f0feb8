namespace Chunnel.Engine;

internal partial class LogProtocol
{
    /// <summary>
    /// Takes away what the snapshot of an epoch made superfluous: segments of older, sealed epochs. An <c>open</c>, a seal and the last segment
    /// before a seal stay for ever. They are what a writer that was away for long runs into; in an empty place it would win.
    /// </summary>
    /// <returns>How many.</returns>
    public async ValueTask<int> CleanAsync(long epoch, CancellationToken stop)
    {
        var count = 0;
        var segments = (await store.ListAsync(LogKeys.AllSegments, stop)).Select(LogKeys.OfSegment);
        foreach (var older in segments.Where(segment => segment.Epoch < OldestKept(epoch)).GroupBy(segment => segment.Epoch, segment => segment.Slot))
        {
            var slots = older.Order().ToArray();
            if (IsClean(slots) || await FindSealAsync(older.Key, slots, stop) is not { } seal) continue;
            foreach (var slot in slots.Where(slot => !Stays(slot, seal)))
            {
                await store.Medium.DeleteAsync(LogKeys.Segment(older.Key, slot), stop);
                count++;
            }
        }
        return count;
    }

    protected virtual long OldestKept(long epoch) => epoch;

    protected virtual bool IsClean(IReadOnlyList<long> slots) => slots.Count <= 2;

    protected virtual bool Stays(long slot, long seal) => slot >= seal - 1;

    protected virtual async ValueTask<long?> FindSealAsync(long epoch, IReadOnlyList<long> slots, CancellationToken stop)
    {
        for (var index = slots.Count - 1; index >= 0; index--)
        {
            var bytes = await store.GetAsync(LogKeys.Segment(epoch, slots[index]), stop);
            if (bytes is not null && LogSegment.Parse(bytes, epoch, slots[index], out _) is { Kind: SegmentKind.Seal }) return slots[index];
        }
        return null;
    }
}
