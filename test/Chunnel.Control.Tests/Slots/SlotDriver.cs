using System.Collections.Immutable;

namespace Chunnel.Control.Tests.Slots;

/// <summary>Plays the shell around the slots by hand.</summary>
internal sealed class SlotDriver(SlotPolicy? policy = null)
{
    public static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SlotState State { get; private set; } = SlotState.Begin(policy ?? new SlotPolicy(), epoch: 1);

    public Instant Now { get; private set; } = Start;

    /// <summary>The effects of the last event.</summary>
    public IReadOnlyList<SlotEffect> Latest { get; private set; } = [];

    /// <summary>What each job was told, in order.</summary>
    public List<(long JobId, JobEvent What)> Told { get; } = [];

    public List<string> Said { get; } = [];

    public static SlotDriver Waiting(SlotAllocation allocation = SlotAllocation.Random) => new(new SlotPolicy { Schedule = ScheduleStrategy.Wait, Allocation = allocation });

    public void Tell(SlotEvent what)
    {
        var decision = SlotMachine.Decide(State, what, Now);
        State = decision.State;
        Latest = decision.Effects;
        foreach (var answer in Latest.OfType<SlotEffect.Answer>()) Told.Add((answer.JobId, answer.What));
        Said.AddRange(Latest.OfType<SlotEffect.Say>().Select(say => say.Line.Text));
        Check();
    }

    public void Pass(TimeSpan span)
    {
        Now += span;
        Tell(new SlotEvent.CheckDue());
    }

    public SlotDriver Worker(string address, int? slots, long instance = 1, params (string Name, string Value)[] tags)
    {
        Tell(new SlotEvent.WorkerSeen(Profile(address, slots, instance, tags)));
        return this;
    }

    public static WorkerProfile Profile(string address, int? slots, long instance = 1, params (string Name, string Value)[] tags) =>
        new() { Address = address, Instance = instance, SlotCount = slots, Tags = tags.ToImmutableDictionary(tag => tag.Name, tag => tag.Value) };

    public static SlotRequest RequestOf(long jobId, int slots, long number = 1, bool isRestore = false, params (string Name, string Value)[] tags) =>
        new(jobId, number, [.. Enumerable.Range(1, slots).Select(group => new TaskGroupLocation(jobId, 1, group))], isRestore)
        {
            TagFilter = tags.ToImmutableDictionary(tag => tag.Name, tag => tag.Value),
        };

    /// <summary>Asks, and answers what the job was told last.</summary>
    public JobEvent Ask(long jobId, int slots, long number = 1, bool isRestore = false, params (string Name, string Value)[] tags)
    {
        Tell(new SlotEvent.Requested(RequestOf(jobId, slots, number, isRestore, tags)));
        return LastTo(jobId);
    }

    public ImmutableArray<SlotGrant> Granted(long jobId) => LastTo(jobId).ShouldBeOfType<JobEvent.SlotsGranted>().Grants;

    public JobEvent LastTo(long jobId) => Told.Last(told => told.JobId == jobId).What;

    public void Release(params IEnumerable<SlotGrant> grants) => Tell(new SlotEvent.Released([.. grants]));

    public IEnumerable<long> Queue => State.Queue.Values.Select(waiting => waiting.Request.JobId);

    /// <summary>S6, after every step.</summary>
    private void Check()
    {
        foreach (var worker in State.Workers.Values)
        {
            if (worker.Profile.SlotCount is { } count) (worker.Held.Count + worker.Free.Count).ShouldBe(count);
            worker.Held.Keys.ShouldNotContain(id => worker.Free.Contains(id));
        }
        var onWorkers = State.Workers.Values.SelectMany(worker => worker.Held.Values).ToList();
        onWorkers.ShouldBe(State.HeldByJob.Values.SelectMany(grants => grants), ignoreOrder: true);
        onWorkers.Select(grant => grant.Lease).ShouldBeUnique();
        State.HeldByJob.Values.ShouldAllBe(grants => !grants.IsEmpty);
    }
}
