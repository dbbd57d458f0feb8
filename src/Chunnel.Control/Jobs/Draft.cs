namespace Chunnel.Control;

/// <summary>
/// One decision in the making: the state so far and the effects so far. States are told where the machines say
/// <see cref="Tell"/>, so that no reader sees what lies between two of them.
/// </summary>
internal sealed partial class Draft(JobState start, Instant now)
{
    private readonly List<JobEffect> _records = [];
    private readonly List<JobEffect> _acts = [];
    private readonly Instant? _timer = start.NextDeadline;
    private JobState _told = start;

    public JobState State { get; set; } = start;

    public Instant Now { get; } = now;

    /// <summary>The timer has fired, perhaps a little early: it is set again even for the same time.</summary>
    public bool IsTimerSpent { get; init; }

    public OrderAnswer? Answer { get; set; }

    public JobDeadlines Limits => State.Policy.Deadlines;

    public PipelineState this[int pipeline]
    {
        get => State.Pipelines[pipeline];
        set => State = State with { Pipelines = State.Pipelines.SetItem(pipeline, value) };
    }

    public TaskGroupState this[int pipeline, int taskGroup]
    {
        get => this[pipeline].TaskGroups[taskGroup];
        set => this[pipeline] = this[pipeline] with { TaskGroups = this[pipeline].TaskGroups.SetItem(taskGroup, value) };
    }

    public Fence FenceOf(int pipeline) => new(State.Epoch, this[pipeline].Attempt);

    public void Record(ControlRecord record) => _records.Add(new JobEffect.Persist(record));

    public void Do(JobEffect effect) => _acts.Add(effect);

    public void Say(string text, bool isWarning = false) => Do(new JobEffect.Say(new(text, isWarning)));

    /// <summary>The decision: what must be durable first, then the acts in the order they were decided.</summary>
    public Decision Finish()
    {
        Tell();
        var next = State.NextDeadline;
        Belief.Holds(State.Status.IsTerminal || next is not null, because: "a state that has not ended knows how long it may last");
        if (next is { } at && (IsTimerSpent || at != _timer)) Do(new JobEffect.StartTimer(at));
        return new(State, [.. _records, .. _acts]) { Answer = Answer };
    }
}
