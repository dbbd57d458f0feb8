namespace Chunnel.Engine;

/// <summary>
/// The edge on which a job's loops are joined: the channels, one for each subtask and each sink behind the edge, from the loop that reads to those
/// that write.
/// </summary>
/// <param name="target">The vertex that it leads to.</param>
/// <param name="leadsToSink">Whether that is a sink.</param>
/// <param name="channels">How many there are.</param>
internal sealed class EdgeWork(long target, bool leadsToSink, int channels)
{
    private readonly FlowChannel?[] _channels = new FlowChannel?[channels];

    /// <summary>Time that senders waited for room, held, room.</summary>
    public const int Figures = 3;

    public long Target { get; } = target;

    /// <summary>As SeaTunnel numbers queues: from the vertex behind it, even before a transform, odd before a sink.</summary>
    public long QueueId => leadsToSink ? -(2 * Target + 1) : -2 * Target;

    public int Loops => _channels.Length;

    public Tally Blocked { get; } = new();

    /// <summary>A channel of a new attempt takes the place of the one before it.</summary>
    public void Join(int at, FlowChannel channel) => Volatile.Write(ref _channels[at], channel);

    public void Read(Span<long> figures)
    {
        var (held, room) = (0L, 0L);
        for (var i = 0; i < _channels.Length; i++)
        {
            if (Volatile.Read(ref _channels[i])?.Fill is not { } fill) continue;
            held += fill.Held;
            room += fill.Room;
        }
        (figures[0], figures[1], figures[2]) = (Blocked.Value, held, room);
    }
}
