namespace Chunnel.Control.Tests.Checkpoints;

/// <summary>engine.md 6.3, 6.5: how a bounded pipeline commits and ends.</summary>
public sealed class CompletedPointTests
{
    [Fact, Trait("spec", "engine.md 6.5")]
    public void The_barrier_goes_to_the_enumerators_once_the_last_reader_is_done()
    {
        var job = new Driver(Plans.FakeToFile(parallelism: 2));
        job.StartAll();
        var readers = job.State.Pipelines[0].Checkpoint.Readers.ToArray();
        job.Tell(new JobEvent.ReaderDone(readers[0], 1));
        job.Tell(new JobEvent.ReaderDone(readers[0], 1));
        job.Did<JobEffect.SendBarrier>().ShouldBeEmpty();
        job.Tell(new JobEvent.ReaderDone(readers[1], 1));

        var barrier = job.Did<JobEffect.SendBarrier>().ShouldHaveSingleItem();
        barrier.Checkpoint.Id.ShouldBe(long.MaxValue);
        barrier.Heads.ShouldBe([new TaskLocation(job.Group(0, 0), 0)]);
    }

    [Fact]
    public void Readers_that_are_done_before_all_groups_are_ready_wait_for_the_start()
    {
        var job = Stages.Reach(Stage.Opening);
        job.ReadersDone(0);
        job.Did<JobEffect.SendBarrier>().ShouldBeEmpty();
        job.StartAll();
        job.Did<JobEffect.SendBarrier>().ShouldHaveSingleItem();
    }

    [Fact]
    public void It_is_complete_when_every_task_has_acknowledged_once_and_not_before()
    {
        var job = Stages.Reach(Stage.CompletedPoint);
        var tasks = job.State.Pipelines[0].Checkpoint.Tasks.ToArray();
        foreach (var task in tasks[1..])
        {
            job.Tell(new JobEvent.CheckpointAcknowledged(task, 1, long.MaxValue, "a"));
            job.Tell(new JobEvent.CheckpointAcknowledged(task, 1, long.MaxValue, "again"));
        }
        job.Did<JobEffect.NotifyCheckpointCompleted>().ShouldBeEmpty();
        job.Tell(new JobEvent.CheckpointAcknowledged(tasks[0], 1, 17, "of another checkpoint"));
        job.Did<JobEffect.NotifyCheckpointCompleted>().ShouldBeEmpty();
        job.Tell(new JobEvent.CheckpointAcknowledged(tasks[0], 1, long.MaxValue, null));
        job.Did<JobEffect.NotifyCheckpointCompleted>().ShouldBeEmpty();
        job.Stored(0);

        var notice = job.Did<JobEffect.NotifyCheckpointCompleted>().ShouldHaveSingleItem();
        notice.Groups.Length.ShouldBe(3);
        notice.Checkpoint.Parts.Select(part => part.Reference).ShouldBe(["a", "a", "a", null]);
        job.Said.ShouldContain($"pending checkpoint({long.MaxValue}/1@{Plans.JobId}) notify finished!");
    }

    [Fact]
    public void A_group_that_ends_before_it_may_commit_has_failed()
    {
        var job = new Driver(Plans.FakeToConsole(), new JobPolicy { RunsSaveModes = false, RetryTimes = 0 });
        job.StartAll();
        job.Tell(new JobEvent.TaskGroupFinished(job.Group(0, 1), 1));
        job.CancelGroups(0);
        job.State.Status.ShouldBe(JobStatus.Failed);
        job.State.ErrorText.ShouldNotBeNull().ShouldContain("before the last checkpoint of its pipeline was complete");
    }

    [Fact, Trait("spec", "engine.md 109, 113")]
    public void A_failing_commit_is_repeated_by_the_next_attempt_from_the_completed_point()
    {
        var job = Stages.Reach(Stage.Closing);
        job.Fail(0, 2, "rename failed");
        job.FinishGroups(0);
        job.After(TimeSpan.FromSeconds(3));
        job.GrantSlots();
        job.Did<JobEffect.DeployTaskGroup>().Last().Restore.ShouldNotBeNull().Id.ShouldBe(long.MaxValue);
        job.StartAll();
        job.RunToEnd(0);
        job.State.Status.ShouldBe(JobStatus.Finished);
    }

    [Fact, Trait("spec", "engine.md 109")]
    public void A_task_that_never_acknowledges_gives_the_expired_text_and_a_restore()
    {
        var job = new Driver(Plans.FakeToConsole(), new JobPolicy { RunsSaveModes = false, Checkpoints = new() { Timeout = TimeSpan.FromSeconds(30) } });
        job.StartAll();
        job.ReadersDone(0);
        job.After(TimeSpan.FromSeconds(30));
        job.State.Pipelines[0].Status.ShouldBe(PipelineStatus.Canceling);
        job.State.Pipelines[0].Failure!.Failure.Text.ShouldBe(
            "Checkpoint expired before completing. Please increase checkpoint timeout in the seatunnel.yaml or jobConfig env.");
        job.Said.ShouldContain($"Job orders ({Plans.JobId}), Pipeline: [(1/1)] checkpoint have error, cancel the pipeline");
        job.CancelGroups(0);
        job.State.Pipelines[0].Attempt.ShouldBe(2);
    }

    [Fact]
    public void A_group_that_missed_the_notice_is_told_again_when_it_is_asked()
    {
        var job = Stages.Reach(Stage.Closing);
        job.After(TimeSpan.FromMinutes(1));
        job.Did<JobEffect.AskTaskGroup>().Count().ShouldBe(3);
        job.Tell(new JobEvent.TaskGroupSeen(job.Group(0, 1), 1, TaskGroupSighting.Alive));
        job.Latest.OfType<JobEffect.NotifyCheckpointCompleted>().ShouldHaveSingleItem().Groups.ShouldBe([job.Group(0, 1)]);
    }
}
