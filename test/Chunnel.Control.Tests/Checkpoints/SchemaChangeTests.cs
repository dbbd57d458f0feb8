namespace Chunnel.Control.Tests.Checkpoints;

/// <summary>engine.md 6.8: a change of a schema between the two checkpoints that enclose it.</summary>
public sealed class SchemaChangeTests
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);

    [Fact, Trait("spec", "engine.md 6.1, 6.8")]
    public void A_checkpoint_before_the_change_then_the_change_then_a_checkpoint_behind_it()
    {
        var job = Running();
        var reader = Readers(job)[0];
        job.Tell(new JobEvent.SchemaChangeFound(reader, 1));
        var before = job.Did<JobEffect.SendBarrier>().ShouldHaveSingleItem().Checkpoint;
        (before.Id, before.Type, before.Changing).ShouldBe((1, CheckpointType.SchemaChangeBefore, reader));
        job.Acknowledge(0);
        var told = job.Latest.OfType<JobEffect.NotifyCheckpointCompleted>().Single().Checkpoint;
        (told.Type, told.Changing).ShouldBe((CheckpointType.SchemaChangeBefore, reader));

        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.Tell(new JobEvent.SchemaChangePassed(reader, 1));
        var after = job.Did<JobEffect.SendBarrier>().Last().Checkpoint;
        (after.Id, after.Type, after.Changing, after.ExpiresAt).ShouldBe((2, CheckpointType.SchemaChangeAfter, reader, job.Now + _limit));
        job.Acknowledge(0);
        job.State.Pipelines[0].Status.ShouldBe(PipelineStatus.Running);
        job.State.Pipelines[0].Checkpoint.Change.ShouldBeNull();
        job.Records.OfType<ControlRecord.CheckpointCompleted>().Select(record => record.Checkpoint.Type.Name).ShouldBe(["schema-change-before-point", "schema-change-after-point"]);
    }

    [Fact, Trait("spec", "engine.md 6.8")]
    public void Periodic_checkpoints_wait_meanwhile_and_go_on_one_interval_later()
    {
        var job = Running();
        var reader = Readers(job)[0];
        job.Tell(new JobEvent.SchemaChangeFound(reader, 1));
        job.Acknowledge(0);
        job.After(_interval + TimeSpan.FromSeconds(1));
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.Tell(new JobEvent.SchemaChangePassed(reader, 1));
        job.Acknowledge(0);
        job.After(_interval - TimeSpan.FromSeconds(1));
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(2);
        job.After(TimeSpan.FromSeconds(1));
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.Checkpoint);
    }

    [Fact, Trait("spec", "engine.md 6.8")]
    public void One_change_at_a_time_in_the_order_in_which_readers_came_to_them()
    {
        var job = Running();
        var (first, second) = (Readers(job)[1], Readers(job)[0]);
        job.Tell(new JobEvent.SchemaChangeFound(first, 1));
        job.Tell(new JobEvent.SchemaChangeFound(second, 1));
        job.Tell(new JobEvent.SchemaChangeFound(first, 1));    // repeated
        job.Acknowledge(0);
        job.Tell(new JobEvent.SchemaChangePassed(second, 1));    // it is not its turn
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.Tell(new JobEvent.SchemaChangePassed(first, 1));
        job.Acknowledge(0);
        job.Tell(new JobEvent.SchemaChangePassed(first, 1));    // repeated
        job.Acknowledge(0);
        job.Tell(new JobEvent.SchemaChangePassed(second, 1));
        job.Acknowledge(0);
        job.Did<JobEffect.SendBarrier>().Select(barrier => (barrier.Checkpoint.Type, barrier.Checkpoint.Changing)).ShouldBe([
            (CheckpointType.SchemaChangeBefore, first), (CheckpointType.SchemaChangeAfter, first),
            (CheckpointType.SchemaChangeBefore, second), (CheckpointType.SchemaChangeAfter, second),
        ]);
    }

    [Fact, Trait("spec", "engine.md 6.8")]
    public void A_change_waits_for_a_checkpoint_that_is_under_way()
    {
        var job = Running();
        job.After(_interval);
        job.Tell(new JobEvent.SchemaChangeFound(Readers(job)[0], 1));
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.Acknowledge(0);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.SchemaChangeBefore);
    }

    [Fact, Trait("spec", "engine.md 6.8, 6.9")]
    public void A_savepoint_comes_before_a_change_that_has_not_begun_and_after_one_that_has()
    {
        var job = Running();
        job.After(_interval);
        job.Tell(new JobEvent.SchemaChangeFound(Readers(job)[0], 1));
        job.Tell(new JobEvent.SavepointRequested());
        job.Acknowledge(0);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.Savepoint);

        job = Running();
        var reader = Readers(job)[0];
        job.Tell(new JobEvent.SchemaChangeFound(reader, 1));
        job.Acknowledge(0);
        job.Tell(new JobEvent.SavepointRequested());
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.Tell(new JobEvent.SchemaChangePassed(reader, 1));
        job.Acknowledge(0);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.Savepoint);
    }

    [Fact]
    public void A_passing_savepoint_comes_after_all_changes_that_wait()
    {
        var job = Running();
        var reader = Readers(job)[0];
        job.After(_interval);
        job.Tell(new JobEvent.SchemaChangeFound(reader, 1));
        job.Tell(new JobEvent.PassingSavepointRequested());
        job.Acknowledge(0);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.SchemaChangeBefore);
        job.Acknowledge(0);
        job.Tell(new JobEvent.SchemaChangePassed(reader, 1));
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.SchemaChangeAfter);
        job.Acknowledge(0);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.PassingSavepoint);
    }

    [Fact, Trait("spec", "engine.md 6.8, 7.1")]
    public void A_failure_between_the_two_begins_again_before_the_change()
    {
        var job = Running();
        var reader = Readers(job)[0];
        job.Tell(new JobEvent.SchemaChangeFound(reader, 1));
        job.Acknowledge(0);
        job.Tell(new JobEvent.SchemaChangePassed(reader, 1));
        job.Fail(0, 1);
        job.CancelGroups(0);
        job.After(TimeSpan.FromSeconds(3));
        job.StartPipeline(0);
        job.Did<JobEffect.DeployTaskGroup>().Last().Restore!.Type.ShouldBe(CheckpointType.SchemaChangeBefore);
        job.Tell(new JobEvent.SchemaChangePassed(reader, 1));    // late, of the attempt before
        job.State.Pipelines[0].Checkpoint.Pending.ShouldBeNull();
        job.Tell(new JobEvent.SchemaChangeFound(reader, 2));
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.SchemaChangeBefore);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Id.ShouldBe(3);
    }

    [Fact, Trait("spec", "engine.md 6.8")]
    public void A_change_that_is_not_handed_on_in_time_costs_the_attempt()
    {
        var job = Running();
        job.Tell(new JobEvent.SchemaChangeFound(Readers(job)[0], 1));
        job.Acknowledge(0);
        job.After(_limit);
        job.State.Pipelines[0].Failure!.Failure.Text.ShouldContain("schema-change-timeout");
    }

    [Fact, Trait("spec", "engine.md 6.8")]
    public void Who_missed_that_the_point_is_complete_is_told_again_when_it_is_asked()
    {
        var job = Running();
        job.Tell(new JobEvent.SchemaChangeFound(Readers(job)[0], 1));
        job.Acknowledge(0);
        job.Tell(new JobEvent.TaskGroupSeen(job.Group(0, 1), 1, TaskGroupSighting.Alive));
        job.Latest.OfType<JobEffect.NotifyCheckpointCompleted>().ShouldHaveSingleItem().Checkpoint.Type.ShouldBe(CheckpointType.SchemaChangeBefore);
    }

    private static TaskLocation[] Readers(Driver job) => [.. job.State.Pipelines[0].Checkpoint.Readers.OrderBy(reader => reader.Group.TaskGroupId)];

    private static Driver Running()
    {
        var job = new Driver(Plans.FakeToConsole(parallelism: 2), new JobPolicy
        {
            RunsSaveModes = false,
            RetryInterval = TimeSpan.FromSeconds(3),
            Checkpoints = new() { Interval = _interval, Timeout = TimeSpan.FromMinutes(1), SchemaChangeTimeout = _limit },
        });
        job.StartAll();
        return job;
    }
}
