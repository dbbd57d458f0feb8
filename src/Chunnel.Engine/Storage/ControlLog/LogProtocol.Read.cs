using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

internal partial class LogProtocol
{
    /// <summary>What a replay has read so far.</summary>
    protected sealed class Replay(ILogState state)
    {
        /// <summary>The epoch whose snapshot was found; 0 before that.</summary>
        public long Epoch { get; private set; }

        public long Segments { get; private set; }

        public long Records { get; private set; }

        public long Bytes { get; private set; }

        public List<string> LeftOut { get; } = [];

        /// <summary>From here on; what an earlier try brought is forgotten.</summary>
        public void Begin(long epoch)
        {
            state.Clear();
            (Epoch, Segments, Records, Bytes) = (epoch, 0, 0, 0);
        }

        public void Take(LogSegment segment, int bytes)
        {
            foreach (var record in segment.Records) state.Apply(record);
            Segments++;
            Records += segment.Records.Count;
            Bytes += bytes;
        }
    }

    /// <summary>Reads a sealed epoch. One with nothing but its seal, or with a snapshot that was never written to its end, holds nothing.</summary>
    /// <returns>False when somebody newer cleans up already.</returns>
    private async ValueTask<bool> ReadAsync(long epoch, long seal, long claimed, Replay replay, CancellationToken stop)
    {
        var reading = new Queue<Task<byte[]?>>();
        var asked = 1L;
        for (var slot = 1L; slot < seal; slot++)
        {
            for (; asked < seal && reading.Count < settings.ReadAhead; asked++) reading.Enqueue(store.GetAsync(LogKeys.Segment(epoch, asked), stop).AsTask());
            var key = LogKeys.Segment(epoch, slot);
            if (await reading.Dequeue() is not { } bytes)
            {
                await MustBeNewerAsync(claimed, key, "is missing", stop);
                return false;
            }
            if (LogSegment.Parse(bytes, epoch, slot, out var fault) is not { } segment)
            {
                if (!fault!.IsTorn || slot != seal - 1) throw Damaged(key, fault.What);
                // The last write before the seal did not come to its end: whoever made it was never told that it is kept.
                replay.LeftOut.Add($"'{key}' {fault.What}");
                log.TornSegment(key, store.Medium.Place, fault.What);
                break;
            }
            if (segment.Kind != (slot == 1 ? SegmentKind.Snapshot : SegmentKind.Data)) throw Damaged(key, $"is a {segment.Kind} where none can be");
            if (slot == 1) replay.Begin(epoch);
            replay.Take(segment, bytes.Length);
        }
        return true;
    }
}
