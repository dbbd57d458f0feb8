namespace Chunnel.Control.Tests.Checkpoints;

/// <summary>engine.md 6.2, 6.3: when checkpoints are triggered, and what becomes of them.</summary>
public sealed class PeriodicTests
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact, Trait("spec", "engine.md 6.2")]
    public void The_first_is_triggered_one_interval_after_all_tasks_were_started_and_ids_count_from_one()
    {
        var job = Running();
        job.Said.ShouldContain("checkpoint is enabled, start schedule trigger pending checkpoint.");
        job.After(_interval - _second);
        job.Did<JobEffect.SendBarrier>().ShouldBeEmpty();
        job.After(_second);

        var barrier = job.Did<JobEffect.SendBarrier>().ShouldHaveSingleItem();
        (barrier.Checkpoint.Id, barrier.Checkpoint.Type).ShouldBe((1, CheckpointType.Checkpoint));
        barrier.Heads.ShouldBe([new TaskLocation(job.Group(0, 0), 0)]);
        job.Acknowledge(0);
        job.After(_interval);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Id.ShouldBe(2);
    }

    [Fact, Trait("spec", "engine.md 6.2")]
    public void Without_an_interval_there_is_none_and_the_log_says_why()
    {
        var job = new Driver(Plans.FakeToFile());
        job.StartAll();
        job.Said.ShouldContain("checkpoint is disabled, because in batch mode and 'checkpoint.interval' of env is missing.");
        job.After(TimeSpan.FromMinutes(30));
        job.Did<JobEffect.SendBarrier>().ShouldBeEmpty();
    }

    [Fact, Trait("spec", "engine.md 6.3")]
    public void Acknowledged_it_is_stored_then_written_down_then_told_and_the_pipeline_runs_on()
    {
        var job = Running();
        job.After(_interval);
        job.AcknowledgeOnly(0);
        var store = job.Did<JobEffect.StoreCheckpoint>().ShouldHaveSingleItem();
        store.Checkpoint.Parts.Count.ShouldBe(4);
        job.Records.OfType<ControlRecord.CheckpointCompleted>().ShouldBeEmpty();
        job.Stored(0);

        job.Latest[0].ShouldBeOfType<JobEffect.Persist>().Record.ShouldBeOfType<ControlRecord.CheckpointCompleted>().Checkpoint.Reference.ShouldBe("file of 1");
        job.Latest.OfType<JobEffect.NotifyCheckpointCompleted>().ShouldHaveSingleItem().Groups.Length.ShouldBe(3);
        job.State.Pipelines[0].Status.ShouldBe(PipelineStatus.Running);
        job.State.Pipelines[0].Checkpoint.Latest!.Id.ShouldBe(1);
    }

    [Fact, Trait("spec", "engine.md 6.2")]
    public void One_is_under_way_at_a_time_and_the_next_comes_half_a_second_after_a_slow_one()
    {
        var job = Running(timeout: TimeSpan.FromMinutes(1));
        job.After(_interval);
        job.After(2.5 * _interval);
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.Acknowledge(0);
        job.After(TimeSpan.FromMilliseconds(499));
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.After(TimeSpan.FromMilliseconds(1));
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(2);
    }

    [Fact, Trait("spec", "engine.md 6.2, 123")]
    public void The_minimum_pause_counts_from_the_completion_of_the_last_one()
    {
        var job = Running(minPause: TimeSpan.FromSeconds(30));
        job.After(_interval);
        job.After(TimeSpan.FromSeconds(5));
        job.Acknowledge(0);
        job.After(TimeSpan.FromSeconds(29));
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.After(_second);
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(2);
    }

    [Fact, Trait("spec", "engine.md 6.3")]
    public void A_head_that_missed_the_barrier_gets_it_again_when_it_is_heard_of()
    {
        var job = Running();
        job.After(_interval);
        var head = job.Did<JobEffect.SendBarrier>().ShouldHaveSingleItem().Heads.ShouldHaveSingleItem();
        job.Tell(new JobEvent.TaskGroupSeen(job.Group(0, 1), 1, TaskGroupSighting.Alive));
        job.Latest.OfType<JobEffect.SendBarrier>().ShouldBeEmpty("it is no head");
        job.Tell(new JobEvent.TaskGroupSeen(head.Group, 1, TaskGroupSighting.Alive));
        var again = job.Latest.OfType<JobEffect.SendBarrier>().ShouldHaveSingleItem();
        again.Heads.ShouldBe([head]);
        again.Checkpoint.Id.ShouldBe(1);
        job.Tell(new JobEvent.CheckpointAcknowledged(head, 1, 1, "state"));
        job.Tell(new JobEvent.TaskGroupSeen(head.Group, 1, TaskGroupSighting.Alive));
        job.Latest.OfType<JobEffect.SendBarrier>().ShouldBeEmpty("it has it");
    }

    [Theory, Trait("spec", "engine.md 6.2")]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_is_not_complete_in_time_costs_the_attempt(bool isAcknowledged)
    {
        var job = Running(timeout: TimeSpan.FromSeconds(20));
        job.After(_interval);
        if (isAcknowledged) job.AcknowledgeOnly(0);
        job.After(TimeSpan.FromSeconds(20));
        job.State.Pipelines[0].Failure!.Failure.Text.ShouldBe(
            "Checkpoint expired before completing. Please increase checkpoint timeout in the seatunnel.yaml or jobConfig env.");
        job.CancelGroups(0);
        job.State.Pipelines[0].Attempt.ShouldBe(2);
    }

    [Fact, Trait("spec", "engine.md 6.7")]
    public void One_that_cannot_be_stored_costs_the_attempt_and_the_one_before_it_is_gone_on_from()
    {
        var job = Running();
        job.After(_interval);
        job.Acknowledge(0);
        job.After(_interval);
        job.AcknowledgeOnly(0);
        job.Tell(new JobEvent.CheckpointNotStored(1, 1, 2, new() { Text = "No space left on device" }));
        job.State.Pipelines[0].Failure!.Failure.Text.ShouldBe("No space left on device");
        job.Tell(new JobEvent.CheckpointStored(1, 1, 2, "late"));
        job.CancelGroups(0);
        job.After(TimeSpan.FromSeconds(3));
        job.GrantSlots();
        job.Did<JobEffect.DeployTaskGroup>().Last().Restore!.Id.ShouldBe(1);
    }

    [Fact, Trait("spec", "engine.md 6.2")]
    public void Ids_go_on_over_attempts()
    {
        var job = Running();
        job.After(_interval);
        job.Fail(0, 2);
        job.CancelGroups(0);
        job.After(TimeSpan.FromSeconds(3));
        job.StartAll();
        job.After(_interval);
        job.Did<JobEffect.SendBarrier>().Select(barrier => barrier.Checkpoint.Id).ShouldBe([1, 2]);
        job.Tell(new JobEvent.CheckpointStored(1, 1, 1, "of the first attempt"));
        job.State.Pipelines[0].Checkpoint.Latest.ShouldBeNull();
    }

    [Fact, Trait("spec", "engine.md 6.9")]
    public void A_savepoint_waits_for_the_checkpoint_under_way()
    {
        var job = Running();
        job.After(_interval);
        job.Tell(new JobEvent.SavepointRequested());
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.Acknowledge(0);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.Savepoint);
        job.Acknowledge(0);
        job.FinishGroups(0);
        job.State.Status.ShouldBe(JobStatus.SavepointDone);
    }

    [Fact]
    public void A_passing_savepoint_waits_for_the_checkpoint_under_way_and_the_next_comes_an_interval_after_it()
    {
        var job = Running();
        job.After(_interval);
        job.Tell(new JobEvent.PassingSavepointRequested());
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(1);
        job.Acknowledge(0);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.PassingSavepoint);
        job.Acknowledge(0);
        job.After(_interval - _second);
        job.Did<JobEffect.SendBarrier>().Count().ShouldBe(2);
        job.After(_second);
        var next = job.Did<JobEffect.SendBarrier>().Last().Checkpoint;
        (next.Id, next.Type).ShouldBe((3, CheckpointType.Checkpoint));
    }

    [Fact, Trait("spec", "engine.md 6.5")]
    public void The_end_of_the_input_does_not_wait_for_the_interval()
    {
        var job = Running();
        job.After(_interval);
        job.ReadersDone(0);
        job.Acknowledge(0);
        job.Did<JobEffect.SendBarrier>().Last().Checkpoint.Type.ShouldBe(CheckpointType.CompletedPoint);
        job.Acknowledge(0);
        job.FinishGroups(0);
        job.State.Status.ShouldBe(JobStatus.Finished);
    }

    private static Driver Running(TimeSpan? timeout = null, TimeSpan minPause = default)
    {
        var job = new Driver(Plans.FakeToFile(), new JobPolicy
        {
            RunsSaveModes = false,
            Checkpoints = new() { Interval = _interval, MinPause = minPause, Timeout = timeout ?? TimeSpan.FromSeconds(60) },
            Deadlines = new() { Silence = TimeSpan.FromHours(1) },
        });
        job.StartAll();
        return job;
    }
}
