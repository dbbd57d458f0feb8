namespace Chunnel.Control.Tests.Checkpoints;

/// <summary>What is told of checkpoints afterwards.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void A_complete_one_is_told_with_its_time_and_size()
    {
        var job = Stages.Reach(Stage.CompletedPoint);
        var pipeline = job.State.Pipelines[0];
        pipeline.Checkpoint.History.Triggered.ShouldBe(1);
        pipeline.Checkpoint.History.Past.ShouldBeEmpty();
        job.After(TimeSpan.FromSeconds(2));
        foreach (var task in pipeline.Checkpoint.Tasks) job.Tell(new JobEvent.CheckpointAcknowledged(task, 1, long.MaxValue, null, StateBytes: 10));
        job.State.Pipelines[0].Checkpoint.History.Past.ShouldBeEmpty("it is not stored yet");
        job.Stored(0);

        var history = job.State.Pipelines[0].Checkpoint.History;
        (history.Completed, history.Failed, history.Restored).ShouldBe((1, 0, 0));
        var past = history.Past.ShouldHaveSingleItem();
        past.ShouldBe(history.LatestCompleted);
        (past.Id, past.Type, past.Outcome, past.Reason).ShouldBe((long.MaxValue, CheckpointType.CompletedPoint, CheckpointOutcome.Completed, null));
        (past.EndedAt - past.TriggeredAt).ShouldBe(TimeSpan.FromSeconds(2));
        past.StateBytes.ShouldBe(10 * pipeline.Checkpoint.Tasks.Count);
        history.LatestSavepoint.ShouldBeNull();
    }

    [Fact]
    public void A_savepoint_is_told_as_one()
    {
        var job = Stages.Reach(Stage.DoingSavepoint);
        job.Acknowledge(0);
        var history = job.State.Pipelines[0].Checkpoint.History;
        history.LatestSavepoint.ShouldNotBeNull().Id.ShouldBe(1);
        history.LatestSavepoint.ShouldBe(history.LatestCompleted);
    }

    [Fact]
    public void One_that_expires_has_failed_and_says_why()
    {
        var job = new Driver(Plans.FakeToConsole(), new JobPolicy { RunsSaveModes = false, Checkpoints = new() { Timeout = TimeSpan.FromSeconds(30) } });
        job.StartAll();
        job.ReadersDone(0);
        job.After(TimeSpan.FromSeconds(30));
        job.CancelGroups(0);
        var history = job.State.Pipelines[0].Checkpoint.History;
        (history.Triggered, history.Completed, history.Failed).ShouldBe((1, 0, 1));
        history.LatestFailed.ShouldNotBeNull().Reason.ShouldNotBeNull().ShouldStartWith("Checkpoint expired before completing.");
        history.Past.ShouldBe([history.LatestFailed]);
        history.Restored.ShouldBe(0, "there was nothing to begin with");
    }

    [Fact]
    public void One_that_cannot_be_stored_has_failed_with_what_the_store_said()
    {
        var job = Stages.Reach(Stage.CompletedPoint);
        job.AcknowledgeOnly(0);
        job.Tell(new JobEvent.CheckpointNotStored(1, 1, long.MaxValue, new Failure { Text = "the disk is full" }));
        job.State.Pipelines[0].Checkpoint.History.LatestFailed.ShouldNotBeNull().Reason.ShouldBe("the disk is full");
    }

    [Fact]
    public void One_that_is_dropped_with_its_pipeline_is_canceled_and_counts_as_neither()
    {
        var job = Stages.Reach(Stage.CompletedPoint);
        job.Tell(new JobEvent.CancelRequested());
        var history = job.State.Pipelines[0].Checkpoint.History;
        (history.Triggered, history.Completed, history.Failed).ShouldBe((1, 0, 0));
        var past = history.Past.ShouldHaveSingleItem();
        (past.Outcome, past.Reason).ShouldBe((CheckpointOutcome.Canceled, "Pipeline turn to end state."));
    }

    [Fact]
    public void An_attempt_that_goes_on_from_one_is_counted()
    {
        var job = Stages.Reach(Stage.Closing);
        job.Fail(0, 2, "rename failed");
        job.FinishGroups(0);
        job.After(TimeSpan.FromSeconds(3));
        job.State.Pipelines[0].Attempt.ShouldBe(2);
        job.State.Pipelines[0].Checkpoint.History.Restored.ShouldBe(1);
    }

    [Fact]
    public void The_last_ones_are_told_and_all_are_counted()
    {
        var history = CheckpointHistory.None;
        for (var id = 1; id <= CheckpointHistory.MostKept + 8; id++)
        {
            history = history.With(new PastCheckpoint { Id = id, Type = CheckpointType.Savepoint, Outcome = CheckpointOutcome.Completed, TriggeredAt = Driver.Start, EndedAt = Driver.Start, StateBytes = 0 });
        }
        history.Completed.ShouldBe(40);
        history.Past.Select(past => past.Id).ShouldBe(Enumerable.Range(9, 32).Reverse().Select(id => (long)id));
    }

    [Fact]
    public void Kinds_and_outcomes_are_spelled_as_SeaTunnel_spells_them()
    {
        Enum.GetValues<CheckpointType>().Select(type => type.Name).ShouldBe(["checkpoint", "savepoint", "completed-point", "schema-change-before-point", "schema-change-after-point", "savepoint"]);
        Enum.GetValues<CheckpointOutcome>().Select(outcome => outcome.Name).ShouldBe(["COMPLETED", "FAILED", "CANCELED"]);
    }
}
