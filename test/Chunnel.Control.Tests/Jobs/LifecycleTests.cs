namespace Chunnel.Control.Tests.Jobs;

/// <summary>engine.md 3.1 to 3.3, checklist 83 to 95.</summary>
public sealed class LifecycleTests
{
    [Fact, Trait("spec", "engine.md 83, 84")]
    public void A_bounded_job_goes_from_INITIALIZING_to_FINISHED_without_a_checkpoint_interval()
    {
        var job = new Driver(Plans.FakeToFile(parallelism: 2), new JobPolicy());
        job.Tell(new JobEvent.SaveModesDone());
        job.StartAll();
        job.RunToEnd(pipeline: 0);

        job.JobTrail.ShouldBe(["INITIALIZING", "CREATED", "PENDING", "SCHEDULED", "RUNNING", "FINISHED"]);
        job.PipelineTrail(0).ShouldBe(["INITIALIZING", "CREATED", "SCHEDULED", "DEPLOYING", "RUNNING", "FINISHED"]);
        job.TaskGroupTrail(0, 2).ShouldBe(["INITIALIZING", "CREATED", "DEPLOYING", "RUNNING", "FINISHED"]);
        job.Changes.ShouldContain($"Job orders ({Plans.JobId}) turned from state PENDING to SCHEDULED.");
        job.State.ErrorText.ShouldBeNull();
        job.Did<JobEffect.JobEnded>().ShouldHaveSingleItem().ShouldBe(new(JobStatus.Finished, null));
    }

    [Fact, Trait("spec", "engine.md 3 (timestamps)")]
    public void Every_state_has_its_time()
    {
        var job = new Driver(Plans.FakeToConsole());
        job.After(TimeSpan.FromSeconds(1));
        job.StartAll();
        job.State.Times.Of(JobStatus.Pending).ShouldBe(Driver.Start);
        job.State.Times.Of(JobStatus.Running).ShouldBe(Driver.Start + TimeSpan.FromSeconds(1));
        job.State.Pipelines[0].Times.Of(PipelineStatus.Running).ShouldBe(Driver.Start + TimeSpan.FromSeconds(1));
        job.State.Times.Of(JobStatus.Finished).ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_deployed_before_its_attempt_is_durable_and_nobody_commits_before_the_checkpoint_is()
    {
        var job = new Driver(Plans.FakeToConsole());
        job.GrantSlots();
        job.Latest[0].ShouldBeOfType<JobEffect.Persist>().Record.ShouldBeOfType<ControlRecord.AttemptStarted>();
        job.StartAll();
        job.ReadersDone(0);
        job.Acknowledge(0);
        job.Latest[0].ShouldBeOfType<JobEffect.Persist>().Record.ShouldBeOfType<ControlRecord.CheckpointCompleted>();
        job.Latest.ShouldContain(effect => effect is JobEffect.NotifyCheckpointCompleted);
    }

    [Fact, Trait("spec", "engine.md 85, 86, 91")]
    public void A_running_job_that_is_cancelled_ends_CANCELED_and_stays_so()
    {
        var job = new Driver(Plans.FakeToConsole());
        job.StartAll();
        job.Tell(new JobEvent.CancelRequested()).Answer!.Verdict.ShouldBe(OrderVerdict.Accepted);
        job.State.Status.ShouldBe(JobStatus.Canceling);
        job.CancelGroups(0);
        job.State.Status.ShouldBe(JobStatus.Canceled);

        var end = job.State;
        job.Tell(new JobEvent.CancelRequested()).Answer!.Verdict.ShouldBe(OrderVerdict.TooLate);
        job.Tell(new JobEvent.SavepointRequested()).Answer!.Verdict.ShouldBe(OrderVerdict.TooLate);
        job.FinishGroups(0);
        job.Fail(0, 1);
        job.Tell(new JobEvent.WorkerLost("localhost:5801", 0));
        job.After(TimeSpan.FromDays(2));
        job.State.ShouldBeSameAs(end);
    }

    [Fact, Trait("spec", "engine.md 88, 92, 93")]
    public void A_submit_under_a_known_id_is_joined_or_refused_with_the_documented_text()
    {
        Submission.Decide(1, known: null, startsFromSavepoint: false).Verdict.ShouldBe(SubmitVerdict.Start);
        Submission.Decide(1, JobStatus.Unknowable, startsFromSavepoint: true).Verdict.ShouldBe(SubmitVerdict.Start);
        Submission.Decide(1, JobStatus.Pending, startsFromSavepoint: false).ShouldBe(
            new(SubmitVerdict.AlreadyThere, "The job 1 is currently running; no need to submit again."));
        Submission.Decide(1, JobStatus.Finished, startsFromSavepoint: true).Verdict.ShouldBe(SubmitVerdict.Start);
        Submission.Decide(1, JobStatus.Finished, startsFromSavepoint: false).ShouldBe(
            new(SubmitVerdict.Refused, "The job id 1 has already been submitted and is not starting with a savepoint."));
    }

    [Fact, Trait("spec", "engine.md 89")]
    public void A_failing_sink_gives_FAILED_with_its_error_its_task_its_table_and_its_rows()
    {
        var job = new Driver(Plans.FakeToConsole(), new JobPolicy { RunsSaveModes = false, RetryTimes = 0 });
        job.StartAll();
        job.Tell(new JobEvent.TaskGroupFailed(job.Group(0, 1), 1, new() { Text = "disk full", Table = "fake.orders", Rows = new(4097, 8192) }));
        job.CancelGroups(0);

        job.JobTrail.ShouldBe(["INITIALIZING", "CREATED", "PENDING", "SCHEDULED", "RUNNING", "FAILING", "FAILED"]);
        job.State.ErrorText.ShouldBe(
            $"disk full (task: Job orders ({Plans.JobId}), Pipeline: [(1/1)], task: [pipeline-1 [Source[0]-FakeSource]-SourceTask (1/1)], table: fake.orders, rows: 4097..8192)");
        job.Did<JobEffect.JobEnded>().ShouldHaveSingleItem().ErrorText.ShouldBe(job.State.ErrorText);
    }

    [Fact, Trait("spec", "engine.md 90")]
    public void When_one_pipeline_fails_for_good_the_other_is_cancelled()
    {
        var job = new Driver(Plans.TwoPipelines(), new JobPolicy { RunsSaveModes = false, RetryTimes = 0 });
        job.StartAll();
        job.Fail(0, 1);
        job.CancelGroups(0);
        job.State.Status.ShouldBe(JobStatus.Failing);
        job.CancelGroups(1);

        job.State.Pipelines[0].Status.ShouldBe(PipelineStatus.Failed);
        job.State.Pipelines[1].Status.ShouldBe(PipelineStatus.Canceled);
        job.State.Status.ShouldBe(JobStatus.Failed);
    }

    [Fact, Trait("spec", "engine.md 95")]
    public void A_streaming_job_runs_until_it_is_stopped()
    {
        var job = new Driver(Plans.FakeToConsole());
        job.StartAll();
        for (var minute = 0; minute < 1_000; minute++)
        {
            job.After(TimeSpan.FromMinutes(1));
            job.ForEachGroup(0, (group, attempt) => new JobEvent.TaskGroupSeen(group, attempt, TaskGroupSighting.Alive));
        }
        job.State.Status.ShouldBe(JobStatus.Running);
    }

    [Fact, Trait("spec", "engine.md 65")]
    public void Failing_save_modes_fail_the_job_before_it_asks_for_slots()
    {
        var job = new Driver(Plans.FakeToFile(), new JobPolicy());
        job.Did<JobEffect.RunSaveModes>().ShouldHaveSingleItem();
        job.Tell(new JobEvent.SaveModesFailed(new() { Text = "API-11 The sink table not exist", Code = CommonErrors.SinkTableMissing }));
        job.JobTrail.ShouldBe(["INITIALIZING", "FAILED"]);
        job.State.ErrorText.ShouldBe("API-11 The sink table not exist");
        job.Did<JobEffect.RequestSlots>().ShouldBeEmpty();
    }

    [Fact, Trait("spec", "engine.md 67")]
    public void A_job_that_starts_from_a_savepoint_runs_no_save_modes() =>
        new Driver(Plans.FakeToFile(), new JobPolicy { RunsSaveModes = false }).Did<JobEffect.RunSaveModes>().ShouldBeEmpty();

    [Fact, Trait("spec", "engine.md 126")]
    public void Without_slots_the_job_fails_from_PENDING_and_is_not_tried_again()
    {
        var job = new Driver(Plans.FakeToFile());
        job.Tell(new JobEvent.SlotsDenied(1, "NoEnoughResourceException: can't apply resource request with retry times: 3"));
        job.JobTrail.ShouldBe(["INITIALIZING", "CREATED", "PENDING", "FAILED"]);
        job.State.ErrorText.ShouldNotBeNull().ShouldContain("NoEnoughResourceException");
        job.Said.ShouldContain($"The job {Plans.JobId} is not running because the resources is not enough insufficient");
    }

    [Fact]
    public void A_broken_belief_of_ours_fails_the_job()
    {
        var job = new Driver(Plans.FakeToConsole());
        job.StartAll();
        job.Tell(new JobEvent.InternalError(new() { Text = "a bug" }));
        job.State.Status.ShouldBe(JobStatus.Failing);
        job.CancelGroups(0);
        job.State.Status.ShouldBe(JobStatus.Failed);
        job.State.ErrorText.ShouldBe("a bug");
    }
}
