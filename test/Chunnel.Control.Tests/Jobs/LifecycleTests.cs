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
}
