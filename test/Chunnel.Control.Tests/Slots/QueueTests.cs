namespace Chunnel.Control.Tests.Slots;

/// <summary>engine.md 8.4.</summary>
public sealed class QueueTests
{
    [Fact, Trait("spec", "engine.md 128; rest-api.md 118")]
    public void Who_waits_gets_its_slots_as_soon_as_they_are_free()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 3);
        slots.Ask(1, 2).ShouldBeOfType<JobEvent.SlotsGranted>();
        slots.Ask(2, 3).ShouldBeOfType<JobEvent.SlotsPending>();
        var held = slots.Granted(1);
        slots.Release(held[0]);
        slots.Queue.ShouldBe([2], "two are not three");
        slots.State.HeldByJob.Keys.ShouldBe([1], "nothing is held for who waits");
        slots.Release(held[1]);
        slots.Granted(2).Length.ShouldBe(3);
        slots.Queue.ShouldBeEmpty();
        slots.State.NextCheck.ShouldBeNull();
    }

    [Fact, Trait("spec", "engine.md 129")]
    public void A_small_job_waits_behind_a_big_one()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 4);
        slots.Ask(1, 3);
        slots.Ask(2, 4).ShouldBeOfType<JobEvent.SlotsPending>();
        slots.Ask(3, 1).ShouldBeOfType<JobEvent.SlotsPending>();
        slots.Pass(TimeSpan.FromSeconds(3));
        slots.Queue.ShouldBe([2, 3]);
        slots.Release(slots.Granted(1));
        slots.Queue.ShouldBe([3]);
        slots.Release(slots.Granted(2));
        slots.Granted(3).Length.ShouldBe(1);
    }

    [Fact, Trait("spec", "engine.md 137; rest-api.md 105")]
    public void Who_gives_up_waiting_frees_the_head_of_the_queue()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 4);
        slots.Ask(1, 3);
        slots.Ask(2, 4);
        slots.Ask(3, 1);
        slots.Tell(new SlotEvent.Withdrawn(2, 1));
        slots.Granted(3).Length.ShouldBe(1);
        slots.Queue.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "engine.md 138")]
    public void The_head_is_looked_at_every_three_seconds_the_others_are_not()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 2);
        slots.Ask(1, 2);
        slots.Ask(2, 2);
        slots.Latest.OfType<SlotEffect.StartTimer>().ShouldHaveSingleItem().At.ShouldBe(SlotDriver.Start + TimeSpan.FromSeconds(3));
        slots.Ask(3, 2);
        slots.Latest.OfType<SlotEffect.StartTimer>().ShouldBeEmpty("it is set");
        slots.Pass(TimeSpan.FromSeconds(2));
        slots.Latest.OfType<SlotEffect.StartTimer>().ShouldHaveSingleItem().At.ShouldBe(SlotDriver.Start + TimeSpan.FromSeconds(3), "it fired early");
        slots.Pass(TimeSpan.FromSeconds(1));
        slots.Pass(TimeSpan.FromSeconds(3));
        slots.State.Queue.Values.Select(waiting => waiting.Checks).ShouldBe([3, 0]);
        slots.State.Queue.Values.First().CheckedAt.ShouldBe(slots.Now);
        slots.State.Queue.Values.Last().CheckedAt.ShouldBeNull();
    }

    [Fact]
    public void Everybody_who_waits_hears_so_more_often_than_they_would_give_up()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 1);
        slots.Ask(1, 1);
        slots.Ask(2, 1);
        slots.Ask(3, 1);
        var heard = new Dictionary<long, Instant> { [2] = slots.Now, [3] = slots.Now };
        while (slots.Now - SlotDriver.Start < TimeSpan.FromMinutes(10))
        {
            slots.Pass(TimeSpan.FromSeconds(3));
            foreach (var answer in slots.Latest.OfType<SlotEffect.Answer>().Where(answer => answer.What is JobEvent.SlotsPending)) heard[answer.JobId] = slots.Now;
            heard.Values.ShouldAllBe(at => slots.Now - at < new JobDeadlines().SlotAnswer / 2);
        }
        slots.Queue.ShouldBe([2, 3]);
    }

    [Fact]
    public void A_job_bigger_than_all_workers_together_waits_and_its_log_says_once_that_nothing_will_come()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 3);
        slots.Ask(1, 10).ShouldBeOfType<JobEvent.SlotsPending>();
        for (var look = 0; look < 5; look++) slots.Pass(TimeSpan.FromSeconds(3));
        slots.Said.ShouldHaveSingleItem().ShouldContain("The job needs 10 slots; 1 worker that fit have 3 together.");
        slots.Worker("b:5801", 7);
        slots.Granted(1).Length.ShouldBe(10);
    }

    [Fact, Trait("spec", "engine.md 8.2")]
    public void A_job_waits_for_a_worker_with_its_tags_to_appear()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 3);
        slots.Ask(1, 2, tags: [("zone", "az1")]).ShouldBeOfType<JobEvent.SlotsPending>();
        slots.Worker("a:5801", 3, 1, ("zone", "az1"));
        slots.Granted(1).Length.ShouldBe(2);
    }

    [Fact]
    public void A_restore_has_its_slots_back_before_anybody_who_waits_and_what_it_does_not_need_is_theirs()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 4);
        slots.Ask(1, 4);
        slots.Ask(2, 2);
        var kept = slots.Granted(1);
        slots.Tell(new SlotEvent.Requested(SlotDriver.RequestOf(1, 4, number: 2, isRestore: true) with { GivesBack = kept }));
        slots.Granted(1).Length.ShouldBe(4);
        slots.Queue.ShouldBe([2]);
        slots.Release(kept);
        slots.Queue.ShouldBe([2], "they are not what it holds now");
        slots.Tell(new SlotEvent.Requested(SlotDriver.RequestOf(1, 2, number: 3, isRestore: true) with { GivesBack = slots.Granted(1) }));
        slots.Granted(1).Length.ShouldBe(2);
        slots.Granted(2).Length.ShouldBe(2);
    }

    [Fact]
    public void A_restore_does_not_wait_and_does_not_stand_in_line()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 4);
        slots.Ask(1, 2);
        slots.Ask(2, 4);
        slots.Ask(1, 2, number: 2, isRestore: true).ShouldBeOfType<JobEvent.SlotsGranted>();
        slots.Ask(1, 1, number: 3, isRestore: true).ShouldBeOfType<JobEvent.SlotsDenied>();
        slots.Queue.ShouldBe([2]);
    }
}
