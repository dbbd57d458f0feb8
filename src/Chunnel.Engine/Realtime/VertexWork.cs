namespace Chunnel.Engine;

/// <summary>What a vertex of a job has done since the job began, all its subtasks and attempts together.</summary>
internal sealed class VertexWork
{
    private readonly Work _first;
    private readonly Tally[] _tallies;

    /// <param name="id">As the job's graph numbers it.</param>
    /// <param name="type">As it says: <c>source</c>, <c>transform</c> or <c>sink</c>.</param>
    /// <param name="loops">How many loops do its work at the same time.</param>
    public VertexWork(long id, string type, int loops)
    {
        Id = id;
        Loops = loops;
        var last = type switch
        {
            "source" => Work.SourceIdle,
            "transform" => Work.TransformRowsOut,
            _ => Work.SinkAbort,
        };
        _first = type switch
        {
            "source" => Work.SourceRead,
            "transform" => Work.TransformProcess,
            _ => Work.SinkWrite,
        };
        _tallies = new Tally[last - _first + 1];
        for (var i = 0; i < _tallies.Length; i++) _tallies[i] = new Tally();
    }

    public long Id { get; }

    public int Loops { get; }

    public int Figures => _tallies.Length;

    public Tally this[Work work] => _tallies[work - _first];

    /// <summary>What one of its figures in a point means, from 0.</summary>
    public int IndexOf(Work work) => work - _first;

    public void Read(Span<long> figures)
    {
        for (var i = 0; i < _tallies.Length; i++) figures[i] = _tallies[i].Value;
    }
}
