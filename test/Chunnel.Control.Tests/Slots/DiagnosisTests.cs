using System.Collections.Immutable;

namespace Chunnel.Control.Tests.Slots;

/// <summary>engine.md 8.5; rest-api.md 5.7.</summary>
public sealed class DiagnosisTests
{
    private readonly Dictionary<long, PlannedJob> _plans = [];

    [Fact, Trait("spec", "engine.md 136, 138; rest-api.md 109, 116, 117")]
    public void A_waiting_job_is_told_by_pipeline_and_task_group_with_who_is_in_its_way()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 6);
        Ask(slots, Plans.Job([Plans.Pipeline(1, 1, false), Plans.Pipeline(2, 2, false)], jobId: 1));
        Ask(slots, Plans.Job([Plans.Pipeline(1, 1, false), Plans.Pipeline(2, 2, true)], jobId: 2, name: "big"));
        Ask(slots, Plans.Job([Plans.Pipeline(1, 1, false)], jobId: 3, name: "small"));
        slots.Pass(TimeSpan.FromSeconds(3));
        slots.Pass(TimeSpan.FromSeconds(3));
        var report = Report(slots, after: TimeSpan.FromSeconds(1));
        report.Queue.ShouldBe(new QueueFigures(2, ScheduleStrategy.Wait, SlotDriver.Start, SlotDriver.Start));
        report.Cluster.ShouldSatisfyAllConditions(cluster => cluster.Total.ShouldBe(6), cluster => cluster.Free.ShouldBe(1), cluster => cluster.Assigned.ShouldBe(5));
        report.Cluster.Workers.ShouldHaveSingleItem().JobIds.ShouldBe([1]);
        report.Jobs.Select(job => job.JobId).ShouldBe([2, 3]);

        var big = report.Jobs[0];
        big.ShouldSatisfyAllConditions(
            job => job.Name.ShouldBe("big"),
            job => job.Checks.ShouldBe(3),
            job => (job.CheckedAt - job.EnqueuedAt).ShouldBe(TimeSpan.FromSeconds(6)),
            job => job.BlockedBy.ShouldBe([1]),
            job => (job.TaskGroups, job.Allocated, job.Lacking).ShouldBe((6, 1, 5)),
            job => job.Lack.ShouldBe(new Lack(LackReason.ResourceNotEnough, "No available slot profile")));
        big.Pipelines.Select(pipeline => (pipeline.Id, pipeline.Allocated, pipeline.Lacking)).ShouldBe([(1, 1, 1), (2, 0, 4)]);
        big.Pipelines[1].FullName.ShouldBe("Job big (2), Pipeline: [(2/2)]");
        big.Pipelines[1].TaskGroups[3].FullName.ShouldBe("Job big (2), Pipeline: [(2/2)], task: [pipeline-2 [Source[0]-FakeSource]-SourceTask (2/2)]");
        big.Pipelines[0].TaskGroups[0].Lack.ShouldBeNull();

        var small = report.Jobs[1];
        small.Checks.ShouldBe(0);
        (small.CheckedAt - small.EnqueuedAt).ShouldBe(TimeSpan.FromSeconds(7), "it was never the head: it is told as of now");
        small.Lack.ShouldBe(new Lack(LackReason.WaitingSlotAssignment, "Slot request still pending"));
        small.Lacking.ShouldBe(2);
    }

    [Fact]
    public void What_no_job_that_ends_can_help_is_told_as_failed_with_the_cure()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 3);
        Ask(slots, Plans.FakeToConsole(parallelism: 9));
        var job = Report(slots).Jobs.ShouldHaveSingleItem();
        job.BlockedBy.ShouldBeEmpty();
        job.Lack.Reason.ShouldBe(LackReason.RequestFailed);
        job.Lack.Message.ShouldStartWith("NoEnoughResourceException: can't apply resource request with retry times: 3. The job needs 10 slots; 1 worker that fit have 3 together.");
        job.Lacking.ShouldBe(7);
    }

    [Fact, Trait("spec", "rest-api.md 110, 111")]
    public void A_limit_takes_the_oldest_a_job_id_wins_over_it_and_the_queue_is_always_told_whole()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 1).Worker("b:5801", null, 1, ("zone", "az1"));
        slots.Tell(new SlotEvent.WorkerLost("b:5801", 1));
        foreach (var job in (long[])[4, 2, 3]) Ask(slots, Plans.Job([Plans.Pipeline(1, 1, false)], job));
        Jobs(new PendingQuestion { Limit = 1 }).ShouldBe([4]);
        Jobs(new PendingQuestion { Limit = 1, JobId = 3 }).ShouldBe([3]);
        Jobs(new PendingQuestion { JobId = 5 }).ShouldBeEmpty();
        Jobs(new PendingQuestion { Limit = -1 }).ShouldBe([4, 2, 3]);

        IEnumerable<long> Jobs(PendingQuestion question)
        {
            var report = PendingReport.Of(slots.State, question, _plans.GetValueOrDefault, slots.Now);
            report.Queue.Size.ShouldBe(3);
            return report.Jobs.Select(job => job.JobId);
        }
    }

    [Fact, Trait("spec", "rest-api.md 30 to 34")]
    public void Workers_are_told_by_address_those_with_the_tags_and_slots_on_demand_as_none()
    {
        var slots = new SlotDriver().Worker("b:5801", 20, 1, ("node", "node2")).Worker("a:5801", 20, 1, ("node", "node1"), ("disk", "ssd"));
        Figures(slots).ShouldBe((2, 40, 40));
        Figures(slots, ("node", "node1")).ShouldBe((1, 20, 20));
        Figures(slots, ("node", "node1"), ("disk", "ssd")).ShouldBe((1, 20, 20));
        Figures(slots, ("node", "node2"), ("disk", "ssd")).ShouldBe((0, 0, 0));
        ClusterFigures.Of(slots.State, ImmutableDictionary<string, string>.Empty).Workers.Select(worker => worker.Profile.Address).ShouldBe(["a:5801", "b:5801"]);
        var dynamic = new SlotDriver().Worker("a:5801", null);
        dynamic.Ask(1, 7);
        Figures(dynamic).ShouldBe((1, 0, 0));

        static (int Workers, int Total, int Free) Figures(SlotDriver slots, params (string Name, string Value)[] filter)
        {
            var figures = ClusterFigures.Of(slots.State, filter.ToDictionary(tag => tag.Name, tag => tag.Value));
            return (figures.Workers.Count, figures.Total, figures.Free);
        }
    }

    private void Ask(SlotDriver slots, PlannedJob plan)
    {
        _plans[plan.JobId] = plan;
        slots.Tell(new SlotEvent.Requested(new Driver(plan).Did<JobEffect.RequestSlots>().ShouldHaveSingleItem().Request));
    }

    private PendingReport Report(SlotDriver slots, TimeSpan after = default) =>
        PendingReport.Of(slots.State, new PendingQuestion(), _plans.GetValueOrDefault, slots.Now + after);
}
