using System.Globalization;

namespace Chunnel.Control.Tests.Simulation;

/// <summary>
/// A whole cluster in one thread: a master with the real control core, workers, slots, users, and a network between master
/// and workers that reorders, repeats, delays and drops. Time is a number, chance has a seed, and every step is checked.
/// </summary>
internal sealed partial class Simulator
{
    private static readonly Instant _start = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly TimeSpan _faultsLast = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _allMustHaveEndedAfter = TimeSpan.FromMinutes(15);

    private readonly PriorityQueue<Action, (long Ticks, long Order)> _agenda = new();
    private readonly Random _dice;
    private readonly Random? _saving;
    private readonly Faults _faults;
    private readonly Brain _brain;
    private readonly List<string>? _trace;
    private readonly SimWorker[] _workers;
    private readonly Dictionary<long, SimJob> _jobs = [];
    private long _order;
    private ulong _fingerprint = 14695981039346656037UL;

    private Simulator(int seed, Brain brain, SlotBrain slotBrain, bool keepsTrace)
    {
        _dice = new Random(seed);
        _saving = seed % 2 == 0 ? null : new Random(~seed);
        _faults = Faults.Draw(_dice);
        _brain = brain;
        _trace = keepsTrace ? [] : null;
        _workers = [.. Enumerable.Range(1, _dice.Next(1, 4)).Select(number => new SimWorker($"worker-{number}:5801"))];
        _slotBrain = slotBrain;
        _slotsPerWorker = _dice.Next(4) == 0 ? null : _dice.Next(3, 9);
        _slotPolicy = new SlotPolicy
        {
            Allocation = (SlotAllocation)_dice.Next(3),
            Schedule = _dice.Next(2) == 0 ? ScheduleStrategy.Wait : ScheduleStrategy.Reject,
            Seed = (ulong)seed,
        };
        _slots = SlotState.Begin(_slotPolicy, _epoch);
        foreach (var worker in _workers) Register(worker);
    }

    private Instant Now { get; set; } = _start;

    private bool FaultsAreOn => Now - _start < _faultsLast;

    /// <summary>One run to its end. Throws <see cref="ViolationException"/> where a promise is broken.</summary>
    public static SimulationResult Run(int seed, Brain? brain = null, SlotBrain? slotBrain = null, bool keepsTrace = false)
    {
        var simulator = new Simulator(seed, brain ?? new Brain(), slotBrain ?? new SlotBrain(), keepsTrace);
        try
        {
            simulator.Plan();
            simulator.Play();
        }
        catch (Exception violation) when (violation is ViolationException or BrokenBeliefException)
        {
            throw new SimulationException(seed, violation, simulator._trace);
        }
        return new(simulator._fingerprint, simulator._steps, simulator._endings, simulator._trace ?? []);
    }

    private void Play()
    {
        while (_agenda.TryDequeue(out var act, out var at))
        {
            if (new Instant(at.Ticks) - _start > _allMustHaveEndedAfter) break;
            Now = new(at.Ticks);
            act();
        }
        CheckTheEnd();
    }

    private void At(Instant time, Action act) => _agenda.Enqueue(act, (time.UtcTicks, _order++));

    private void After(TimeSpan span, Action act) => At(Now + span, act);

    private void After(double minSeconds, double maxSeconds, Action act) =>
        After(TimeSpan.FromMilliseconds((long)((minSeconds + (_dice.NextDouble() * (maxSeconds - minSeconds))) * 1000)), act);

    private bool Chance(double probability) => probability > 0 && _dice.NextDouble() < probability;

    /// <summary>The same chance, but only while the world misbehaves.</summary>
    private bool Fault(double probability) => FaultsAreOn && Chance(probability);

    private void Note(string what, long one = 0, long other = 0)
    {
        foreach (var part in (ReadOnlySpan<long>)[Now.UtcTicks, what.Length, what[0], what[^1], one, other])
        {
            _fingerprint = (_fingerprint ^ (ulong)part) * 1099511628211UL;
        }
        _trace?.Add(string.Create(CultureInfo.InvariantCulture, $"{(Now - _start).TotalSeconds,9:0.000} {what} {one} {other}"));
    }
}
