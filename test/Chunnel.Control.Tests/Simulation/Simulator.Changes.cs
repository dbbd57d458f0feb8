namespace Chunnel.Control.Tests.Simulation;

/// <content>Changes of the schema of what is read, at rows that do not move whatever happens (engine.md 6.8).</content>
internal sealed partial class Simulator
{
    private readonly Dictionary<TaskGroupLocation, long[]> _changes = [];

    /// <summary>By subtask: how many changes its target has seen. One that comes again is passed over.</summary>
    private readonly Dictionary<TaskGroupLocation, int> _altered = [];

    private long[] ChangesOf(TaskGroupLocation location)
    {
        if (_changes.TryGetValue(location, out var changes)) return changes;
        return _changes[location] = [.. Enumerable.Range(0, _dice.Next(3)).Select(_ => (long)_dice.Next(12)).Distinct().Order()];
    }

    private void LookForChange(SimWorker worker, SimGroup group)
    {
        if (!group.IsAtChange) return;
        group.AtChangeSince ??= Now;
        Later(worker, group, 0.001, 1, () => TellChange(worker, group));
    }

    /// <summary>Where the reader stands, also when it is asked.</summary>
    private void TellChange(SimWorker worker, SimGroup group)
    {
        var reader = new TaskLocation(group.Location, 0);
        if (group.HasPassedChange) Report(worker, new JobEvent.SchemaChangePassed(reader, group.Attempt));
        else if (group.IsAtChange) Report(worker, new JobEvent.SchemaChangeFound(reader, group.Attempt));
    }

    /// <summary>What stands before the change is complete, or the change is.</summary>
    private void GoOnAtChange(SimWorker worker, SimGroup group, CompletedCheckpoint checkpoint)
    {
        if (group.BehindChange <= checkpoint.Id)
        {
            group.ReadOn();
            LookForChange(worker, group);
        }
        else if (checkpoint.Type == CheckpointType.SchemaChangeBefore && checkpoint.Changing?.Group == group.Location && group is { HasPassedChange: false, IsAtChange: true })
        {
            var (change, visible) = (group.ChangesBehind, _sink.GetValueOrDefault(group.Location));
            if (visible != group.Rows) throw new ViolationException("schema", $"{group.Location} alters its target where {visible} of {group.Rows} rows of the old schema are visible");
            group.PassChange();
            Note("altered", group.Location.JobId, change);
            _altered[group.Location] = Math.Max(_altered.GetValueOrDefault(group.Location), change + 1);
            TellChange(worker, group);
        }
    }

    /// <summary>Rows behind a change are shown behind it.</summary>
    private void CheckSchema(SimGroup group, SimRows rows)
    {
        var altered = _altered.GetValueOrDefault(group.Location);
        if (group.Changes.Skip(altered).Any(change => change < rows.To)) throw new ViolationException("schema", $"{group.Location} shows rows {rows} under the schema of {altered} changes");
    }
}
