namespace Chunnel.Control.Tests.Slots;

/// <summary>architecture.md 6, S6: whatever comes late or twice, no slot is held twice and none is lost.</summary>
public sealed class LeaseTests
{
    [Fact]
    public void A_late_release_frees_nothing_that_is_in_use_again()
    {
        var slots = new SlotDriver().Worker("a:5801", 1);
        slots.Ask(1, 1);
        var first = slots.Granted(1);
        slots.Release(first);
        // a later life of the same job: the same group, the same request number, the same slot
        slots.Ask(1, 1);
        slots.Granted(1)[0].Slot.ShouldBe(first[0].Slot);
        slots.Release(first);
        slots.State.Workers["a:5801"].Held.Count.ShouldBe(1);
        slots.Release(slots.Granted(1));
        slots.Release(slots.Granted(1));
        slots.State.Workers["a:5801"].Free.Count.ShouldBe(1);
    }

    [Fact]
    public void A_request_that_comes_twice_is_answered_twice_with_the_same_slots()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 3);
        slots.Ask(1, 2);
        var first = slots.Granted(1);
        slots.Ask(1, 2);
        slots.Granted(1).ShouldBe(first);
        slots.Ask(2, 2).ShouldBeOfType<JobEvent.SlotsPending>();
        slots.Ask(2, 2).ShouldBeOfType<JobEvent.SlotsPending>();
        slots.Queue.ShouldBe([2]);
        slots.State.Workers["a:5801"].Held.Count.ShouldBe(2);
    }

    [Fact]
    public void A_withdrawal_after_the_grant_changes_nothing_the_job_gives_back_itself()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 2);
        slots.Ask(1, 2);
        slots.Tell(new SlotEvent.Withdrawn(1, 1));
        slots.State.HeldByJob[1].Length.ShouldBe(2);
        slots.Release(slots.Granted(1));
        slots.State.HeldByJob.ShouldBeEmpty();
    }

    [Fact]
    public void The_slots_of_a_lost_worker_vanish_and_their_late_release_is_harmless()
    {
        var slots = SlotDriver.Waiting(SlotAllocation.SlotRatio).Worker("a:5801", 2).Worker("b:5801", 2);
        slots.Ask(1, 4);
        var held = slots.Granted(1);
        slots.Tell(new SlotEvent.WorkerLost("a:5801", 1));
        slots.State.HeldByJob[1].ShouldAllBe(grant => grant.Slot.Worker == "b:5801");
        slots.Worker("a:5801", 2, instance: 2);
        slots.Ask(2, 2).ShouldBeOfType<JobEvent.SlotsGranted>().Grants.ShouldAllBe(grant => grant.Slot.Worker == "a:5801");
        slots.Release(held);
        slots.State.HeldByJob.Keys.ShouldBe([2]);
        slots.State.Workers["a:5801"].Held.Count.ShouldBe(2);
    }

    [Fact]
    public void What_an_earlier_process_of_a_worker_said_is_not_believed()
    {
        var slots = new SlotDriver().Worker("a:5801", 2, instance: 2);
        slots.Ask(1, 2);
        slots.Worker("a:5801", 2, instance: 1);
        slots.Tell(new SlotEvent.WorkerLost("a:5801", 1));
        slots.State.Workers["a:5801"].Held.Count.ShouldBe(2);
        slots.Tell(new SlotEvent.WorkerLost("a:5801", 2));
        slots.Worker("a:5801", 2, instance: 2);
        slots.State.Workers.ShouldBeEmpty("it said so before it was lost");
    }

    [Fact]
    public void A_worker_that_was_started_again_has_all_its_slots_free()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 2);
        slots.Ask(1, 2);
        slots.Ask(2, 2);
        slots.Worker("a:5801", 2, instance: 2);
        slots.State.HeldByJob.Keys.ShouldBe([2]);
    }

    [Fact]
    public void A_job_that_is_gone_holds_nothing_and_waits_for_nothing()
    {
        var slots = SlotDriver.Waiting().Worker("a:5801", 3);
        slots.Ask(1, 2);
        slots.Ask(2, 3);
        slots.Ask(3, 3);
        slots.Tell(new SlotEvent.JobGone(2));
        slots.Tell(new SlotEvent.JobGone(1));
        slots.Granted(3).Length.ShouldBe(3);
        slots.Queue.ShouldBeEmpty();
    }
}
