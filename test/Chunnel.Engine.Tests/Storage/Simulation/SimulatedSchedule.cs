namespace Chunnel.Engine.Tests.Storage;

/// <summary>
/// One run of rival nodes on the real protocol, decided by a seed. What must hold: a new master has every record that was acknowledged before;
/// nothing is acknowledged once a newer master is there without it; what was refused is nowhere; when faults are over a lone node becomes the
/// master and has everything (S4, L4; cluster.md 4.3).
/// </summary>
internal sealed class SimulatedSchedule
{
    private const double Crashes = 0.01;
    private const int Patience = 20_000;

    private readonly OneThread _thread = new();
    private readonly List<SimulatedNode> _nodes = [];
    private readonly List<(long Epoch, HashSet<int> Records, SimulatedNode Node)> _masters = [];
    private readonly List<(int Record, long Epoch)> _acknowledged = [];
    private readonly HashSet<int> _refused = [];
    private readonly double _arrives;
    private readonly int _most;
    private readonly int _steps;
    private int _records;
    private int _numbers;

    public SimulatedSchedule(int seed, Func<LogStore, ControlLogSettings, LogProtocol> protocol)
    {
        Protocol = protocol;
        Store = new SimulatedStore(seed) { ListsOldOnes = seed % 2 == 1 };
        _arrives = Pick(0.01, 0.03, 0.12);
        Store.LosesRequest = Pick(0, 0.03, 0.1);
        Store.LosesReply = Store.LosesRequest;
        Store.Repeats = Pick(0, 0.05, 0.15);
        Dies = Pick(0.01, 0.04, 0.1);
        _most = (int)Pick(2, 4, 6);
        _steps = (int)Pick(260, 600, 1_500);
        RollCommits = (long)Pick(4, 12, 1_000);
    }

    public SimulatedStore Store { get; }

    public Func<LogStore, ControlLogSettings, LogProtocol> Protocol { get; }

    public double Dies { get; }

    public long RollCommits { get; }

    /// <summary>What went wrong first; null when nothing did.</summary>
    public string? Violation { get; private set; }

    public int Masters => _masters.Count;

    public int Acknowledgements => _acknowledged.Count;

    public int NextRecord() => ++_records;

    public void Violated(string what) => Violation ??= what;

    public void Refused(int record) => _refused.Add(record);

    public void Run()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_thread);
        try
        {
            for (var step = 0; step < _steps && Violation is null; step++)
            {
                _nodes.RemoveAll(node => !node.IsAlive);
                if ((_nodes.Count < _most && Store.Dice.NextDouble() < _arrives) || Store.Count == 0) Arrive();
                else if (Store.MoveOne() is { } node && Store.Chance(Crashes)) node.Die();
                _thread.Drain();
            }
            if (Violation is null) RunAlone();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public void IsMaster(SimulatedNode node)
    {
        var (epoch, records) = (node.Log!.Opening.Epoch, node.Records);
        foreach (var (record, acknowledgedIn) in _acknowledged)
        {
            if (acknowledgedIn < epoch && !records.Contains(record)) Violated($"record {record}, acknowledged in epoch {acknowledgedIn}, is lost to node {node.Number}, master of epoch {epoch}");
        }
        if (_refused.Overlaps(records)) Violated($"node {node.Number}, master of epoch {epoch}, has a record that was refused");
        if (_masters.Exists(master => master.Epoch == epoch)) Violated($"epoch {epoch} has two masters");
        _masters.Add((epoch, records, node));
    }

    public void Acknowledged(int record, long epoch)
    {
        foreach (var master in _masters)
        {
            if (master.Epoch > epoch && !master.Records.Contains(record)) Violated($"record {record} is acknowledged in epoch {epoch}, and node {master.Node.Number}, master of epoch {master.Epoch}, has not got it");
        }
        _acknowledged.Add((record, epoch));
    }

    private SimulatedNode Arrive()
    {
        var node = new SimulatedNode(++_numbers, this);
        _nodes.Add(node);
        _ = node.LiveAsync();
        return node;
    }

    private void RunAlone()
    {
        foreach (var node in _nodes) node.Die();
        Store.Calm();
        for (var tries = 0; tries < 3 && Violation is null; tries++)
        {
            var lone = Arrive();
            for (var step = 0; step < Patience && lone is { IsAlive: true, Log: null } && Store.Count > 0 && Violation is null; step++)
            {
                _thread.Drain();
                Store.MoveOne();
                _thread.Drain();
            }
            if (lone.Log is not null) return;
        }
        Violated("no node can become the master after the faults are over");
    }

    private double Pick(params ReadOnlySpan<double> values) => values[Store.Dice.Next(values.Length)];
}
