namespace Chunnel.Control.Tests.Names;

/// <summary>engine.md 2.4: the names that logs, REST and tools know.</summary>
public sealed class NameTests
{
    private readonly PlannedJob _job = Plans.Job([Plans.Pipeline(1, 4, true), Plans.Pipeline(2, 1, false)], jobId: 7);

    [Fact]
    public void A_job_is_named_by_name_and_id() => _job.FullName.ShouldBe("Job orders (7)");

    [Fact]
    public void A_pipeline_is_numbered_among_the_pipelines_of_its_job() =>
        _job.FullNameOf(_job.Pipelines[1]).ShouldBe("Job orders (7), Pipeline: [(2/2)]");

    [Fact]
    public void A_task_group_is_numbered_from_1_among_its_parallel_ones() =>
        _job.FullNameOf(_job.Pipelines[0], _job.Pipelines[0].TaskGroups[4]).ShouldBe(
            "Job orders (7), Pipeline: [(1/2)], task: [pipeline-1 [Source[0]-FakeSource]-SourceTask (3/4)]");

    [Fact]
    public void A_location_reads_as_SeaTunnel_prints_it() =>
        _job.LocationOf(_job.Pipelines[0], _job.Pipelines[0].TaskGroups[2]).ToString().ShouldBe(
            "TaskGroupLocation{jobId=7, pipelineId=1, taskGroupId=30000}");

    [Theory, Trait("spec", "engine.md 73, 74")]
    [InlineData(1, false, 2)]
    [InlineData(2, false, 3)]
    [InlineData(1, true, 3)]
    [InlineData(2, true, 4)]
    public void A_job_asks_for_one_slot_per_task_group(int parallelism, bool hasAggregatedCommitter, int slots)
    {
        var job = new Driver(Plans.Job([Plans.Pipeline(1, parallelism, hasAggregatedCommitter)]));
        job.Did<JobEffect.RequestSlots>().ShouldHaveSingleItem().Request.Groups.Length.ShouldBe(slots);
        job.State.Plan.TaskGroupCount.ShouldBe(slots);
    }

    [Fact]
    public void Every_state_is_spelled_as_SeaTunnel_spells_it()
    {
        Enum.GetValues<JobStatus>().Select(status => status.Name).ShouldBe(
        [
            "INITIALIZING", "CREATED", "PENDING", "SCHEDULED", "RUNNING", "FAILING", "FAILED", "DOING_SAVEPOINT",
            "SAVEPOINT_DONE", "CANCELING", "CANCELED", "FINISHED", "UNKNOWABLE",
        ]);
        Enum.GetValues<PipelineStatus>().Select(status => status.Name).ShouldBe(
            ["INITIALIZING", "CREATED", "SCHEDULED", "DEPLOYING", "RUNNING", "FAILING", "FAILED", "CANCELING", "CANCELED", "FINISHED"]);
        Enum.GetValues<TaskGroupStatus>().Select(status => status.Name).ShouldBe(
            ["INITIALIZING", "CREATED", "DEPLOYING", "RUNNING", "FAILING", "FAILED", "CANCELING", "CANCELED", "FINISHED"]);
    }
}
