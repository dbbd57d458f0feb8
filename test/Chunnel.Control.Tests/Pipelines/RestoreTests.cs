namespace Chunnel.Control.Tests.Pipelines;

/// <summary>engine.md 7.1, checklist 96 to 101.</summary>
public sealed class RestoreTests
{
    private static readonly JobPolicy _once = new() { RunsSaveModes = false, RetryTimes = 1 };

    [Fact, Trait("spec", "engine.md 96")]
    public void Without_retries_there_is_no_restore()
    {
        var job = new Driver(Plans.FakeToConsole(), _once with { RetryTimes = 0 });
        FailOnce(job);
        job.State.Status.ShouldBe(JobStatus.Failed);
        job.Said.ShouldNotContain(line => line.StartsWith("Restore time"));
    }

    [Fact, Trait("spec", "engine.md 97")]
    public void With_one_retry_there_is_one_restore()
    {
        var job = new Driver(Plans.FakeToConsole(), _once);
        FailOnce(job);
        job.Said.ShouldContain($"Restore time 1, pipeline Job orders ({Plans.JobId}), Pipeline: [(1/1)]");
        job.Said.ShouldContain($"Wait 3s and then restore the pipeline Job orders ({Plans.JobId}), Pipeline: [(1/1)]");
        job.After(TimeSpan.FromSeconds(3));
        FailOnce(job);
        job.State.Status.ShouldBe(JobStatus.Failed);
        job.Said.ShouldNotContain(line => line.StartsWith("Restore time 2"));
    }

    [Fact, Trait("spec", "engine.md 98")]
    public void By_default_there_are_three_restores()
    {
        var job = new Driver(Plans.FakeToConsole());
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            job.State.Status.IsTerminal.ShouldBeFalse();
            FailOnce(job);
            job.After(TimeSpan.FromSeconds(3));
        }
        job.State.Status.ShouldBe(JobStatus.Failed);
        job.State.Pipelines[0].RestoresUsed.ShouldBe(3);
    }

    [Fact, Trait("spec", "engine.md 99")]
    public void The_next_attempt_does_not_come_before_the_interval_is_over()
    {
        var job = new Driver(Plans.FakeToConsole(), _once with { RetryInterval = TimeSpan.FromSeconds(10) });
        FailOnce(job);
        job.After(TimeSpan.FromSeconds(9.9));
        job.Did<JobEffect.RequestSlots>().Count().ShouldBe(1);
        job.After(TimeSpan.FromSeconds(0.1));
        job.Did<JobEffect.RequestSlots>().Last().Request.IsRestore.ShouldBeTrue();
        job.StartAll();
        job.Did<JobEffect.DeployTaskGroup>().Last().Fence.Attempt.ShouldBe(2);
        job.RunToEnd(0);
        job.JobTrail.ShouldBe(["INITIALIZING", "CREATED", "PENDING", "SCHEDULED", "RUNNING", "FINISHED"]);
        job.PipelineTrail(0).ShouldBe(
        [
            "INITIALIZING", "CREATED", "SCHEDULED", "DEPLOYING", "RUNNING", "FAILING",
            "CREATED", "SCHEDULED", "DEPLOYING", "RUNNING", "FINISHED",
        ]);
        job.State.ErrorText.ShouldBeNull();
    }

    [Fact]
    public void An_interval_of_nothing_restores_at_once()
    {
        var job = new Driver(Plans.FakeToConsole(), _once with { RetryInterval = TimeSpan.Zero });
        FailOnce(job);
        job.Did<JobEffect.StartTimer>().Last().At.ShouldBe(job.Now);
    }

    [Fact, Trait("spec", "engine.md 100")]
    public void Only_the_failing_pipeline_restarts()
    {
        var job = new Driver(Plans.TwoPipelines(), _once);
        job.StartAll();
        job.Fail(0, 1);
        job.CancelGroups(0);
        job.State.Pipelines[0].Attempt.ShouldBe(2);
        job.State.Pipelines[1].Attempt.ShouldBe(1);
        job.State.Pipelines[1].Status.ShouldBe(PipelineStatus.Running);
        job.State.Status.ShouldBe(JobStatus.Running);
    }

    [Fact, Trait("spec", "engine.md 101")]
    public void Cancelling_during_the_wait_stops_further_restores()
    {
        var job = Stages.Reach(Stage.RestoreWait);
        job.Tell(new JobEvent.CancelRequested());
        job.State.Status.ShouldBe(JobStatus.Canceled);
        job.After(TimeSpan.FromMinutes(1));
        job.Did<JobEffect.RequestSlots>().Count().ShouldBe(1);
    }

    [Fact, Trait("spec", "style.md 3.1")]
    public void A_slip_of_the_user_fails_at_once()
    {
        var job = new Driver(Plans.FakeToConsole());
        job.StartAll();
        job.Fail(0, 1, code: CommonErrors.OptionValidateFailed);
        job.CancelGroups(0);
        job.State.Status.ShouldBe(JobStatus.Failed);
        job.State.Pipelines[0].RestoresUsed.ShouldBe(0);
    }

    [Fact]
    public void What_an_old_attempt_says_is_ignored()
    {
        var job = new Driver(Plans.FakeToConsole(), _once);
        FailOnce(job);
        job.After(TimeSpan.FromSeconds(3));
        job.StartAll();
        var before = job.State;
        job.Tell(new JobEvent.TaskGroupFinished(job.Group(0, 0), 1));
        job.Tell(new JobEvent.TaskGroupFailed(job.Group(0, 0), 1, new() { Text = "late" }));
        job.Tell(new JobEvent.ReaderDone(before.Pipelines[0].Checkpoint.Readers.Single(), 1));
        job.State.ShouldBeSameAs(before);
    }

    [Fact, Trait("spec", "engine.md 3.3, 7.2")]
    public void A_lost_node_fails_its_groups_with_the_documented_text_and_the_pipeline_is_restored()
    {
        var job = new Driver(Plans.FakeToConsole(), _once);
        job.StartAll();
        job.Tell(new JobEvent.WorkerLost("localhost:5801", 0));
        job.State.Pipelines[0].Attempt.ShouldBe(2);
        job.State.Pipelines[0].FirstFailure!.Text.ShouldBe(
            $"The taskGroup(TaskGroupLocation{{jobId={Plans.JobId}, pipelineId=1, taskGroupId=1}}) deployed node(localhost:5801) offline");
    }

    [Fact, Trait("spec", "engine.md 7.2")]
    public void Slots_of_a_worker_that_was_lost_meanwhile_are_not_taken_and_asked_for_again()
    {
        var job = new Driver(Plans.FakeToConsole(), _once);
        var first = job.Did<JobEffect.RequestSlots>().Single().Request;
        job.Tell(new JobEvent.WorkerLost("lost:5801", 7));
        var there = new SlotGrant(first.Groups[0], new("there:5801", 1), first.Number) { Instance = 1 };
        job.Tell(new JobEvent.SlotsGranted(first.Number, [there, new SlotGrant(first.Groups[1], new("lost:5801", 1), first.Number) { Instance = 7 }]));
        job.State.Status.ShouldBe(JobStatus.Pending);
        job.Did<JobEffect.DeployTaskGroup>().ShouldBeEmpty();
        var second = job.Did<JobEffect.RequestSlots>().Last().Request;
        (second.Number, second.IsRestore).ShouldBe((first.Number + 1, false));
        second.Groups.ShouldBe(first.Groups);
        second.GivesBack.ShouldBe([there]);
        // a process that has started there since is another one
        job.Tell(new JobEvent.SlotsGranted(second.Number, [.. second.Groups.Select((group, index) => new SlotGrant(group, new("lost:5801", index), second.Number) { Instance = 8 })]));
        job.State.Pipelines[0].Status.ShouldBe(PipelineStatus.Deploying);
        job.State.Pipelines[0].Attempt.ShouldBe(1);
    }

    [Fact, Trait("spec", "engine.md 7.2")]
    public void News_of_an_earlier_process_of_a_worker_hurts_nobody_on_the_present_one()
    {
        var job = new Driver(Plans.FakeToConsole(), _once);
        var request = job.Did<JobEffect.RequestSlots>().Single().Request;
        job.Tell(new JobEvent.SlotsGranted(request.Number, [.. request.Groups.Select((group, index) => new SlotGrant(group, new("worker:5801", index), request.Number) { Instance = 2 })]));
        var before = job.State.Pipelines[0].TaskGroups;
        job.Tell(new JobEvent.WorkerLost("worker:5801", 1));
        job.State.Pipelines[0].TaskGroups.ShouldBe(before);
        job.Tell(new JobEvent.WorkerLost("worker:5801", 2));
        job.State.Pipelines[0].Attempt.ShouldBe(2);
    }

    [Fact, Trait("spec", "engine.md 7.2")]
    public void A_restore_without_slots_is_a_lost_attempt_that_counts()
    {
        var job = Stages.Reach(Stage.RestorePending);
        job.Tell(new JobEvent.SlotsDenied(2, "NoEnoughResourceException"));
        job.State.Status.ShouldBe(JobStatus.Failed);
        job.State.ErrorText.ShouldBe($"NoEnoughResourceException\nThe first of 2 attempts failed with: {job.State.Pipelines[0].FirstFailure}");
    }

    [Fact, Trait("spec", "architecture.md 3.4 (Fencing)")]
    public void A_later_life_under_the_same_id_goes_on_counting_attempts_and_starts_from_its_savepoint()
    {
        var first = Stages.Reach(Stage.DoingSavepoint);
        first.Acknowledge(0);
        first.FinishGroups(0);
        var savepoint = first.State.Pipelines[0].Checkpoint.Latest!;
        var origin = new JobOrigin { AttemptsBefore = first.State.LastAttempt, Checkpoints = JobOrigin.Fresh.Checkpoints.Add(1, savepoint) };
        var second = JobMachine.Begin(first.State.Plan, _once, epoch: 1, first.Now, origin);
        second.State.Pipelines[0].Attempt.ShouldBe(2);
        second.State.Pipelines[0].RestoresUsed.ShouldBe(0);
        second.State.Pipelines[0].Checkpoint.Latest.ShouldBe(savepoint);
        second.State.Pipelines[0].Checkpoint.NextId.ShouldBe(savepoint.Id + 1);
    }

    private static void FailOnce(Driver job)
    {
        job.StartAll();
        job.Fail(0, 1);
        job.CancelGroups(0);
    }
}
