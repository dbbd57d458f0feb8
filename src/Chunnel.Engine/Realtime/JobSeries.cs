using Chunnel.Config.Env;

namespace Chunnel.Engine;

/// <summary>The last points of a job: what it did in each span of time, in one array that is written round and round.</summary>
internal sealed class JobSeries
{
    /// <summary>When a point begins, in milliseconds since 1970, and how many nanoseconds it is long.</summary>
    private const int Head = 2;

    private readonly Lock _lock = new();
    private readonly JobWork _work;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _bucket;
    private readonly long[] _before;
    private readonly long[] _ring;
    private readonly int _most;
    private int _count;
    private int _next;
    private long _beganAt;
    private long _stamp;

    /// <param name="work">Of the job.</param>
    /// <param name="bucket">How long a point is.</param>
    /// <param name="most">How many points are kept.</param>
    /// <param name="clock">The time.</param>
    public JobSeries(JobWork work, TimeSpan bucket, int most, TimeProvider clock)
    {
        (_work, _bucket, _most, _clock) = (work, bucket, most, clock);
        _before = new long[work.Figures];
        _ring = new long[most * (Head + work.Figures)];
        _beganAt = BucketOf(clock.GetUtcNow());
        _stamp = clock.GetTimestamp();
        _work.Read(_before);
    }

    /// <summary>Numbers that it takes room for.</summary>
    public int Size => _ring.Length + _before.Length;

    /// <summary>When the points were last asked for, as the clock's time stamps go; 0 for never.</summary>
    public long AskedAt { get; set; }

    /// <summary>When the newest point begins; null while there is none.</summary>
    public DateTimeOffset? Latest
    {
        get
        {
            lock (_lock) return _count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(PointAt(_count - 1)[0]);
        }
    }

    /// <summary>How many numbers so many points of a job would take.</summary>
    public static long SizeOf(JobWork work, int points) => (long)points * (Head + work.Figures) + work.Figures;

    /// <summary>How many points of a job are kept where there is room for so many numbers.</summary>
    public static int PointsIn(long numbers, JobWork work, ObservabilityOptions options) =>
        (int)Math.Min(Math.Max(1, (long)(options.Retention / options.Bucket)), (numbers - work.Figures) / (Head + work.Figures));

    /// <summary>Writes a point when its time is over.</summary>
    public void Sample(DateTimeOffset now)
    {
        var bucket = BucketOf(now);
        lock (_lock)
        {
            if (bucket == _beganAt) return;
            var stamp = _clock.GetTimestamp();
            var point = _ring.AsSpan(_next * (Head + _work.Figures), Head + _work.Figures);
            (point[0], point[1]) = (_beganAt, Math.Max(1, _clock.GetElapsedTime(_stamp, stamp).Ticks * TimeSpan.NanosecondsPerTick));
            var figures = point[Head..];
            _work.Read(figures);
            TakeDifferences(figures);
            (_beganAt, _stamp) = (bucket, stamp);
            _next = (_next + 1) % _most;
            _count = Math.Min(_count + 1, _most);
        }
    }

    /// <summary>The points that begin then or later, oldest first.</summary>
    public (IReadOnlyList<VertexSeries> Vertices, IReadOnlyList<EdgeSeries> Edges) Look(DateTimeOffset from)
    {
        lock (_lock)
        {
            var skipped = 0;
            while (skipped < _count && PointAt(skipped)[0] < from.ToUnixTimeMilliseconds()) skipped++;
            var vertices = new List<VertexSeries>(_work.Vertices.Count);
            var at = Head;
            foreach (var vertex in _work.Vertices)
            {
                var points = new VertexPoint[_count - skipped];
                for (var i = 0; i < points.Length; i++)
                {
                    var point = PointAt(skipped + i);
                    points[i] = new VertexPoint(point[0], point[1], vertex, point.Slice(at, vertex.Figures).ToArray());
                }
                vertices.Add(new VertexSeries(vertex.Id, points));
                at += vertex.Figures;
            }
            var edges = new List<EdgeSeries>(_work.Edges.Count);
            foreach (var edge in _work.Edges)
            {
                var points = new EdgePoint[_count - skipped];
                for (var i = 0; i < points.Length; i++)
                {
                    var point = PointAt(skipped + i);
                    points[i] = new EdgePoint(point[0], point[1], edge.Loops, point[at], point[at + 1], point[at + 2]);
                }
                edges.Add(new EdgeSeries(edge.QueueId, edge.Target, points));
                at += EdgeWork.Figures;
            }
            return (vertices, edges);
        }
    }

    private ReadOnlySpan<long> PointAt(int index) => _ring.AsSpan((_next - _count + index + _most) % _most * (Head + _work.Figures), Head + _work.Figures);

    private long BucketOf(DateTimeOffset now)
    {
        var milliseconds = (long)_bucket.TotalMilliseconds;
        return now.ToUnixTimeMilliseconds() / milliseconds * milliseconds;
    }

    /// <summary>What has grown since the point before; what lies in the channels stays as it is.</summary>
    private void TakeDifferences(Span<long> figures)
    {
        var growing = figures.Length - _work.Edges.Count * EdgeWork.Figures;
        for (var i = 0; i < figures.Length; i++)
        {
            if (i >= growing && (i - growing) % EdgeWork.Figures > 0) continue;
            (figures[i], _before[i]) = (figures[i] - _before[i], figures[i]);
        }
    }
}
