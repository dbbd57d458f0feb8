namespace Chunnel.Engine;

/// <summary>How the last minutes of a job are kept.</summary>
/// <param name="JobId">Which.</param>
/// <param name="Enabled">False where its <c>env</c> leaves them off.</param>
/// <param name="Bucket">How long a point is.</param>
/// <param name="Retention">How long points are kept.</param>
/// <param name="Latest">When the newest point begins; null while there is none.</param>
public sealed record RealtimeJob(long JobId, bool Enabled, TimeSpan Bucket, TimeSpan Retention, DateTimeOffset? Latest);

/// <summary>The last minutes of a job.</summary>
/// <param name="Job">How they are kept.</param>
/// <param name="From">Points that begin before are left out.</param>
/// <param name="To">Now.</param>
/// <param name="Vertices">By their numbers; none while nothing is kept.</param>
/// <param name="Edges">By the numbers of their queues.</param>
public sealed record RealtimeView(RealtimeJob Job, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<VertexSeries> Vertices, IReadOnlyList<EdgeSeries> Edges);

public sealed record VertexSeries(long VertexId, IReadOnlyList<VertexPoint> Points);

/// <param name="QueueId">As SeaTunnel numbers it.</param>
/// <param name="Target">The vertex that the edge leads to.</param>
/// <param name="Points">Oldest first.</param>
public sealed record EdgeSeries(long QueueId, long Target, IReadOnlyList<EdgePoint> Points);

/// <summary>What a vertex did in a span of time.</summary>
public sealed class VertexPoint
{
    private readonly VertexWork _vertex;
    private readonly long[] _figures;
    private readonly long _nanoseconds;

    internal VertexPoint(long beganAt, long nanoseconds, VertexWork vertex, long[] figures)
    {
        (BeganAt, _nanoseconds, _vertex, _figures) = (beganAt, nanoseconds, vertex, figures);
    }

    /// <summary>Milliseconds since 1970.</summary>
    public long BeganAt { get; }

    /// <summary>How many loops did its work.</summary>
    public int Loops => _vertex.Loops;

    /// <summary>Nanoseconds or rows; 0 for what vertices of its type do not do.</summary>
    public long this[Work work] => _vertex.IndexOf(work) is >= 0 and var at && at < _figures.Length ? _figures[at] : 0;

    /// <summary>How much of the loops' time this was, from 0 to 1.</summary>
    public double Share(long nanoseconds) => Math.Clamp(nanoseconds / ((double)_nanoseconds * Loops), 0, 1);
}

/// <summary>What went on an edge in a span of time.</summary>
/// <param name="BeganAt">Milliseconds since 1970.</param>
/// <param name="Nanoseconds">How long the span is.</param>
/// <param name="Loops">Channels that lie on the edge.</param>
/// <param name="Blocked">Nanoseconds in which their senders waited for room.</param>
/// <param name="HeldBytes">What lay in them at its end.</param>
/// <param name="RoomBytes">What might have.</param>
public sealed record EdgePoint(long BeganAt, long Nanoseconds, int Loops, long Blocked, long HeldBytes, long RoomBytes)
{
    /// <summary>How much of the senders' time they waited, from 0 to 1.</summary>
    public double BlockedShare => Math.Clamp(Blocked / ((double)Nanoseconds * Loops), 0, 1);

    public double Fill => RoomBytes == 0 ? 0 : HeldBytes / (double)RoomBytes;
}
