using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>
/// Where the loops of a subtask put their dead letters, and the one loop that writes them takes them from. Several loops put in, each with its
/// barriers, and a checkpoint must hold the letters of exactly the rows before it: the barrier goes on when all have passed it, and who has passed
/// it waits with further letters until then. Nobody waits for who waits, since loops stand one behind the other.
/// </summary>
/// <param name="channel">To the loop that writes them.</param>
/// <param name="loops">How many put in, numbered from 0.</param>
internal sealed class LetterBox(FlowChannel channel, int loops)
{
    private readonly Lock _lock = new();
    private readonly bool[] _passed = new bool[loops];
    private int _count;
    private Barrier _barrier;
    private TaskCompletionSource _aligned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Puts letters in, giving them away; waits while there are too many, or while others are still to pass a barrier.</summary>
    public async ValueTask SendAsync(int loop, ColumnBatch letters, CancellationToken stop)
    {
        try
        {
            await WaitForOthersAsync(loop, stop);
        }
        catch
        {
            letters.Dispose();
            throw;
        }
        await channel.WriteAsync(FlowItem.Of(letters), stop);
    }

    /// <summary>The loop has put in everything before the barrier.</summary>
    public async ValueTask PassBarrierAsync(int loop, Barrier barrier, CancellationToken stop)
    {
        await WaitForOthersAsync(loop, stop);
        lock (_lock)
        {
            Belief.Holds(_count == 0 || _barrier.CheckpointId == barrier.CheckpointId, because: "all loops pass the same barriers in the same order");
            _barrier = barrier;
            _passed[loop] = true;
            if (++_count < loops) return;
            // Before anyone who waits can put in more.
            channel.WriteMarker(FlowItem.Of(barrier));
            Array.Clear(_passed);
            _count = 0;
            _aligned.SetResult();
            _aligned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private Task WaitForOthersAsync(int loop, CancellationToken stop)
    {
        lock (_lock) return _passed[loop] ? _aligned.Task.WaitAsync(stop) : Task.CompletedTask;
    }
}
