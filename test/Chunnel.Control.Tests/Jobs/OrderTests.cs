namespace Chunnel.Control.Tests.Jobs;

/// <summary>Cancel and savepoint at every place of a job's life (architecture.md 3.4, engine.md 6.9, 8.4).</summary>
public sealed class OrderTests
{
    public static TheoryData<Stage> EveryStage => [.. Enum.GetValues<Stage>()];

    [Theory, MemberData(nameof(EveryStage)), Trait("spec", "engine.md 85, 101, 137; architecture.md 6: L2")]
    public void A_cancel_is_answered_at_once_and_is_over_within_5_seconds_even_if_nobody_obeys(Stage stage)
    {
        var job = Stages.Reach(stage);
        job.Tell(new JobEvent.CancelRequested()).Answer.ShouldNotBeNull();
        job.Tell(new JobEvent.CancelRequested()).Answer.ShouldNotBeNull();
        job.After(TimeSpan.FromSeconds(4));
        job.State.Status.IsTerminal.ShouldBeTrue(job.State.Status.Name);
        job.State.Pipelines.SelectMany(pipeline => pipeline.TaskGroups).ShouldAllBe(group => group.Slot == null);
        job.State.NextDeadline.ShouldBeNull();
    }

    [Theory, MemberData(nameof(EveryStage))]
    public void A_savepoint_is_answered_at_once_and_may_be_asked_for_twice(Stage stage)
    {
        var job = Stages.Reach(stage);
        var first = job.Tell(new JobEvent.SavepointRequested()).Answer.ShouldNotBeNull();
        var second = job.Tell(new JobEvent.SavepointRequested()).Answer.ShouldNotBeNull();
        if (first.Verdict == OrderVerdict.Accepted && !job.State.Status.IsTerminal) second.Verdict.ShouldBe(OrderVerdict.Joined);
        job.Records.OfType<ControlRecord.SavepointRequested>().Count().ShouldBeLessThanOrEqualTo(1);
    }

    [Theory, MemberData(nameof(EveryStage)), Trait("spec", "architecture.md 3.4 (Time)")]
    public void Every_state_knows_how_long_it_may_last_and_ends_if_nothing_ever_happens_again(Stage stage)
    {
        var job = Stages.Reach(stage);
        for (var turn = 0; turn < 1_000 && job.State.NextDeadline is { } next; turn++) job.After(next - job.Now);
        job.State.Status.IsTerminal.ShouldBeTrue(job.State.Status.Name);
        if (job.State.Status == JobStatus.Failed) job.State.ErrorText.ShouldNotBeNullOrEmpty();
    }

    [Fact, Trait("spec", "engine.md 137")]
    public void Cancelling_a_pending_job_ends_it_at_once_and_frees_its_place_in_the_queue()
    {
        var job = Stages.Reach(Stage.Pending);
        job.Tell(new JobEvent.CancelRequested());
        job.JobTrail.ShouldBe(["INITIALIZING", "CREATED", "PENDING", "CANCELED"]);
        job.Latest.ShouldContain(new JobEffect.WithdrawSlotRequest(1));
    }

    [Fact, Trait("spec", "architecture.md 6: S6")]
    public void Slots_that_come_after_the_cancel_go_back()
    {
        var job = Stages.Reach(Stage.Pending);
        job.Tell(new JobEvent.CancelRequested());
        var late = new SlotGrant(job.Group(0, 0), new("localhost:5801", 9), 1);
        job.Tell(new JobEvent.SlotsGranted(1, [late]));
        job.Latest.ShouldHaveSingleItem().ShouldBeOfType<JobEffect.ReleaseSlots>().Grants.ShouldBe([late]);
    }

    [Fact]
    public void A_grant_that_comes_twice_is_not_given_back_while_it_is_in_use()
    {
        var job = Stages.Reach(Stage.Pending);
        job.GrantSlots();
        var grants = job.State.Pipelines[0].TaskGroups.Select(group => group.Slot!.Value);
        job.Tell(new JobEvent.SlotsGranted(1, [.. grants]));
        job.Latest.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "engine.md 117")]
    public void A_savepoint_of_a_running_job_ends_it_SAVEPOINT_DONE()
    {
        var job = Stages.Reach(Stage.DoingSavepoint);
        job.Did<JobEffect.SendBarrier>().ShouldHaveSingleItem().Checkpoint.ShouldSatisfyAllConditions(
            barrier => barrier.Id.ShouldBe(1),
            barrier => barrier.Type.ShouldBe(CheckpointType.Savepoint));
        job.Acknowledge(0);
        job.FinishGroups(0);
        job.JobTrail.ShouldBe(["INITIALIZING", "CREATED", "PENDING", "SCHEDULED", "RUNNING", "DOING_SAVEPOINT", "SAVEPOINT_DONE"]);
        job.State.Pipelines[0].Checkpoint.Status.ShouldBe(CheckpointStatus.Suspended);
    }

    [Fact, Trait("spec", "engine.md 118")]
    public void A_savepoint_of_a_job_that_does_not_run_is_refused_with_the_documented_text() =>
        Stages.Reach(Stage.Canceling).Tell(new JobEvent.SavepointRequested()).Answer.ShouldBe(
            new(OrderVerdict.TooLate, $"The job with id '{Plans.JobId}' not running, save point failed"));

    [Fact]
    public void A_savepoint_before_anything_ran_ends_the_job_at_once()
    {
        var job = Stages.Reach(Stage.Pending);
        job.Tell(new JobEvent.SavepointRequested());
        job.JobTrail.ShouldBe(["INITIALIZING", "CREATED", "PENDING", "SAVEPOINT_DONE"]);
    }

    [Theory]
    [InlineData(Stage.Deploying)]
    [InlineData(Stage.Opening)]
    [InlineData(Stage.RestoreWait)]
    [InlineData(Stage.RestorePending)]
    public void A_savepoint_during_deployment_or_restore_is_taken_as_soon_as_the_tasks_run(Stage stage)
    {
        var job = Stages.Reach(stage);
        job.Tell(new JobEvent.SavepointRequested());
        job.After(TimeSpan.FromSeconds(3));
        job.StartAll();
        job.State.Pipelines[0].Checkpoint.Pending!.Type.ShouldBe(CheckpointType.Savepoint);
        job.Acknowledge(0);
        job.FinishGroups(0);
        job.State.Status.ShouldBe(JobStatus.SavepointDone);
    }

    [Fact]
    public void A_savepoint_that_comes_when_everything_is_read_lets_the_job_finish()
    {
        var job = Stages.Reach(Stage.CompletedPoint);
        job.Tell(new JobEvent.SavepointRequested());
        job.Acknowledge(0);
        job.FinishGroups(0);
        job.State.Status.ShouldBe(JobStatus.Finished);
    }

    [Fact]
    public void A_savepoint_that_fails_is_tried_again_by_the_next_attempt()
    {
        var job = Stages.Reach(Stage.DoingSavepoint);
        job.Fail(0, 2);
        job.CancelGroups(0);
        job.State.Status.ShouldBe(JobStatus.DoingSavepoint);
        job.After(TimeSpan.FromSeconds(3));
        job.StartAll();
        job.State.Pipelines[0].Checkpoint.Pending!.Id.ShouldBe(2);
    }

    [Theory, MemberData(nameof(EveryStage))]
    public void A_passing_savepoint_is_answered_at_once_and_may_be_asked_for_twice(Stage stage)
    {
        var job = Stages.Reach(stage);
        var first = job.Tell(new JobEvent.PassingSavepointRequested()).Answer.ShouldNotBeNull();
        var second = job.Tell(new JobEvent.PassingSavepointRequested()).Answer.ShouldNotBeNull();
        if (stage is Stage.Canceling) first.ShouldBe(new(OrderVerdict.TooLate, $"The job with id '{Plans.JobId}' not running, save point failed"));
        else if (stage is Stage.DoingSavepoint or Stage.Closing) first.Verdict.ShouldBe(OrderVerdict.Joined);
        else (first.Verdict, second.Verdict).ShouldBe((OrderVerdict.Accepted, OrderVerdict.Joined));
        job.Records.OfType<ControlRecord.PassingSavepointRequested>().Count().ShouldBe(first.Verdict == OrderVerdict.Accepted ? 1 : 0);
        job.Tell(new JobEvent.CancelRequested());
        job.After(TimeSpan.FromSeconds(4));
        job.State.Status.IsTerminal.ShouldBeTrue(job.State.Status.Name);
    }

    [Theory]
    [InlineData(Stage.SaveModes)]
    [InlineData(Stage.Pending)]
    [InlineData(Stage.Deploying)]
    [InlineData(Stage.Opening)]
    [InlineData(Stage.Running)]
    [InlineData(Stage.RestoreWait)]
    [InlineData(Stage.RestorePending)]
    public void A_passing_savepoint_is_taken_as_soon_as_the_tasks_run_and_the_job_runs_on(Stage stage)
    {
        var job = Stages.Reach(stage);
        job.Tell(new JobEvent.PassingSavepointRequested());
        if (stage == Stage.SaveModes) job.Tell(new JobEvent.SaveModesDone());
        job.After(TimeSpan.FromSeconds(3));
        if (stage != Stage.Running) job.StartAll();
        job.State.Pipelines[0].Checkpoint.Pending!.Type.ShouldBe(CheckpointType.PassingSavepoint);
        job.Acknowledge(0);
        job.State.Status.ShouldBe(JobStatus.Running);
        var checkpoint = job.State.Pipelines[0].Checkpoint;
        (checkpoint.Status, checkpoint.Pending, checkpoint.IsPassingSavepointWanted).ShouldBe((CheckpointStatus.Running, null, false));
        checkpoint.History.LatestSavepoint!.Id.ShouldBe(checkpoint.Latest!.Id);
        job.JobTrail.Count(state => state == "RUNNING").ShouldBe(1);
        job.Tell(new JobEvent.PassingSavepointRequested()).Answer!.Verdict.ShouldBe(OrderVerdict.Accepted, "the one before it is complete");
        job.State.Pipelines[0].Checkpoint.Pending!.Id.ShouldBe(checkpoint.Latest.Id + 1);
    }

    [Fact]
    public void A_passing_savepoint_that_is_lost_with_its_attempt_is_taken_by_the_next_one()
    {
        var job = Stages.Reach(Stage.Running);
        job.Tell(new JobEvent.PassingSavepointRequested());
        job.Fail(0, 2);
        job.CancelGroups(0);
        job.After(TimeSpan.FromSeconds(3));
        job.StartAll();
        var pending = job.State.Pipelines[0].Checkpoint.Pending!;
        (pending.Id, pending.Type).ShouldBe((2, CheckpointType.PassingSavepoint));
    }

    [Fact]
    public void A_passing_savepoint_that_the_next_master_finds_in_the_log_is_taken_once()
    {
        var job = Stages.Reach(Stage.Running);
        job.Tell(new JobEvent.PassingSavepointRequested());
        var next = job.TakenOver();
        next.StartAll();
        next.State.Pipelines[0].Checkpoint.Pending!.Type.ShouldBe(CheckpointType.PassingSavepoint);
        next.Acknowledge(0);
        var last = next.TakenOver();
        last.StartAll();
        last.State.Pipelines[0].Status.ShouldBe(PipelineStatus.Running);
        last.State.Pipelines[0].Checkpoint.Pending.ShouldBeNull();
    }

    [Fact]
    public void At_the_end_of_the_input_there_is_no_passing_savepoint_any_more()
    {
        var job = Stages.Reach(Stage.CompletedPoint);
        job.Tell(new JobEvent.PassingSavepointRequested());
        job.Acknowledge(0);
        job.FinishGroups(0);
        job.State.Status.ShouldBe(JobStatus.Finished);
    }

    [Fact]
    public void A_stop_with_a_savepoint_comes_behind_a_passing_one_that_was_asked_for_before_it()
    {
        var job = Stages.Reach(Stage.Opening);
        job.Tell(new JobEvent.PassingSavepointRequested());
        job.Tell(new JobEvent.SavepointRequested());
        job.StartAll();
        job.State.Pipelines[0].Checkpoint.Pending!.Type.ShouldBe(CheckpointType.PassingSavepoint);
        job.Acknowledge(0);
        job.State.Pipelines[0].Checkpoint.Pending!.Type.ShouldBe(CheckpointType.Savepoint);
        job.Acknowledge(0);
        job.FinishGroups(0);
        job.State.Status.ShouldBe(JobStatus.SavepointDone);
    }

    [Fact]
    public void Whoever_does_not_stop_in_time_is_abandoned_and_ignored_from_then_on()
    {
        var job = Stages.Reach(Stage.Canceling);
        job.After(TimeSpan.FromSeconds(4));
        job.Did<JobEffect.AbandonTaskGroup>().Count().ShouldBe(3);
        job.State.Status.ShouldBe(JobStatus.Canceled);
    }
}
