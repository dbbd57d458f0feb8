namespace Chunnel.Control.Tests.Pipelines;

/// <summary>engine.md 8.4: at most pipeline_concurrency pipelines of a job are deployed at once; the next starts when one ends.</summary>
public sealed class ConcurrencyTests
{
    private static readonly PlannedJob _three = Plans.Job([.. Enumerable.Range(1, 3).Select(id => Plans.Pipeline(id, 1, false))]);

    [Fact]
    public void One_pipeline_starts_when_another_ends()
    {
        var job = new Driver(_three, new JobPolicy { RunsSaveModes = false, PipelineConcurrency = 2 });
        job.GrantSlots();
        Deployed(job).ShouldBe([1, 2]);
        job.StartPipeline(0);
        job.StartPipeline(1);
        job.State.Status.ShouldBe(JobStatus.Running);
        job.State.Pipelines[2].Status.ShouldBe(PipelineStatus.Created);
        job.RunToEnd(1);
        job.GrantSlots();
        Deployed(job).ShouldBe([1, 2, 3]);
        job.RunToEnd(0);
        job.StartPipeline(2);
        job.RunToEnd(2);
        job.JobTrail.ShouldBe(["INITIALIZING", "CREATED", "PENDING", "SCHEDULED", "RUNNING", "FINISHED"]);
        job.Did<JobEffect.RequestSlots>().Select(request => (request.Request.Groups.Length, request.Request.IsRestore)).ShouldBe([(4, false), (2, false)]);
    }

    [Fact]
    public void Without_the_option_all_start_at_once()
    {
        var job = new Driver(_three);
        job.GrantSlots();
        Deployed(job).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_pipeline_that_is_restored_keeps_its_place()
    {
        var job = new Driver(_three, new JobPolicy { RunsSaveModes = false, PipelineConcurrency = 1, RetryTimes = 1 });
        job.StartPipeline(0);
        job.Fail(0, 1);
        job.CancelGroups(0);
        job.After(TimeSpan.FromSeconds(3));
        Deployed(job).ShouldBe([1]);
        job.StartPipeline(0);
        job.State.Pipelines[0].Status.ShouldBe(PipelineStatus.Running);
        Deployed(job).ShouldBe([1]);
    }

    [Fact]
    public void A_pipeline_that_waits_for_its_turn_can_be_cancelled()
    {
        var job = new Driver(_three, new JobPolicy { RunsSaveModes = false, PipelineConcurrency = 1 });
        job.StartPipeline(0);
        job.Tell(new JobEvent.CancelRequested());
        job.CancelGroups(0);
        job.State.Status.ShouldBe(JobStatus.Canceled);
        Deployed(job).ShouldBe([1]);
        job.Did<JobEffect.RequestSlots>().Count().ShouldBe(1);
    }

    [Fact]
    public void A_savepoint_does_not_wait_for_those_whose_turn_has_not_come()
    {
        var job = new Driver(_three, new JobPolicy { RunsSaveModes = false, PipelineConcurrency = 1 });
        job.StartPipeline(0);
        job.Tell(new JobEvent.SavepointRequested());
        job.State.Pipelines.Skip(1).Select(pipeline => pipeline.Status).ShouldBe([PipelineStatus.Finished, PipelineStatus.Finished]);
        job.State.Status.ShouldBe(JobStatus.DoingSavepoint);
        job.Acknowledge(0);
        job.FinishGroups(0);
        job.State.Status.ShouldBe(JobStatus.SavepointDone);
        Deployed(job).ShouldBe([1]);
    }

    [Fact]
    public void When_one_is_lost_those_that_wait_do_not_start()
    {
        var job = new Driver(_three, new JobPolicy { RunsSaveModes = false, PipelineConcurrency = 1, RetryTimes = 0 });
        job.StartPipeline(0);
        job.Fail(0, 1);
        job.CancelGroups(0);
        job.State.Status.ShouldBe(JobStatus.Failed);
        Deployed(job).ShouldBe([1]);
    }

    private static IEnumerable<int> Deployed(Driver job) => job.Did<JobEffect.DeployTaskGroup>().Select(deploy => deploy.Group.PipelineId).Distinct();
}
