namespace Chunnel.Control.Tests.TaskGroups;

/// <summary>What a person reads when something took too long.</summary>
public sealed class DeadlineTests
{
    private static readonly JobPolicy _never = new() { RunsSaveModes = false, RetryTimes = 0 };

    [Fact]
    public void A_node_that_does_not_take_a_group_is_named() =>
        ErrorAfter(_ => { }, TimeSpan.FromMinutes(1)).ShouldContain("The node localhost:5801 did not take TaskGroupLocation{");

    [Fact]
    public void Tasks_that_do_not_open_point_at_the_systems_they_connect_to() =>
        ErrorAfter(job => job.ForEachGroup(0, (group, attempt) => new JobEvent.TaskGroupDeployed(group, attempt)), TimeSpan.FromMinutes(10))
            .ShouldContain("did not open within 600 s. Do the systems that its source and sinks connect to answer?");

    [Fact]
    public void A_node_that_says_nothing_is_asked_before_it_is_given_up()
    {
        var job = new Driver(Plans.FakeToConsole(), _never);
        job.StartAll();
        job.After(TimeSpan.FromMinutes(1));
        job.State.Status.ShouldBe(JobStatus.Running);
        job.Did<JobEffect.AskTaskGroup>().Count().ShouldBe(2);
        job.After(TimeSpan.FromSeconds(10));
        job.State.ErrorText.ShouldNotBeNull().ShouldContain("did not say how");
    }

    [Fact]
    public void A_group_that_missed_its_start_is_started_again_when_it_is_asked()
    {
        var job = new Driver(Plans.FakeToConsole(), _never);
        job.StartAll();
        job.Tell(new JobEvent.TaskGroupSeen(job.Group(0, 1), 1, TaskGroupSighting.Ready));
        job.Latest.OfType<JobEffect.StartTaskGroup>().ShouldHaveSingleItem().Group.ShouldBe(job.Group(0, 1));
    }

    [Fact]
    public void A_timer_that_fires_early_is_set_again()
    {
        var job = new Driver(Plans.FakeToConsole(), _never);
        job.After(TimeSpan.FromSeconds(59));
        job.Latest.ShouldHaveSingleItem().ShouldBe(new JobEffect.StartTimer(Driver.Start + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Reports_that_overtake_each_other_lead_to_the_same_state()
    {
        var job = new Driver(Plans.FakeToConsole(), _never);
        job.GrantSlots();
        job.ForEachGroup(0, (group, attempt) => new JobEvent.TaskGroupReady(group, attempt));
        job.ForEachGroup(0, (group, attempt) => new JobEvent.TaskGroupDeployed(group, attempt));
        job.State.Status.ShouldBe(JobStatus.Running);
        job.Did<JobEffect.StartTaskGroup>().Count().ShouldBe(2);
    }

    private static string ErrorAfter(Action<Driver> prepare, TimeSpan span)
    {
        var job = new Driver(Plans.FakeToConsole(), _never);
        job.GrantSlots();
        prepare(job);
        job.After(span);
        return job.State.ErrorText.ShouldNotBeNull();
    }
}
