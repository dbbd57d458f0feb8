namespace Chunnel.Control.Tests.Slots;

/// <summary>engine.md 8.1 to 8.3.</summary>
public sealed class AllocationTests
{
    [Fact, Trait("spec", "engine.md 125")]
    public void Where_slots_are_made_on_demand_any_number_of_jobs_gets_them()
    {
        var slots = new SlotDriver().Worker("a:5801", null);
        for (var job = 1; job <= 100; job++) slots.Ask(job, 7).ShouldBeOfType<JobEvent.SlotsGranted>().Grants.Length.ShouldBe(7);
        slots.State.Workers["a:5801"].Held.Count.ShouldBe(700);
    }

    [Fact, Trait("spec", "engine.md 126")]
    public void Not_enough_is_refused_with_the_word_that_users_look_for_and_what_to_do()
    {
        var slots = new SlotDriver().Worker("a:5801", 3);
        slots.Ask(1, 2).ShouldBeOfType<JobEvent.SlotsGranted>();
        slots.Ask(2, 2).ShouldBeOfType<JobEvent.SlotsDenied>().Text.ShouldBe(
            "NoEnoughResourceException: can't apply resource request with retry times: 3. The job needs 2 slots; 1 of 3 are free, the others belong to job 1. "
            + "Wait until they end or stop one; with job-schedule-strategy: WAIT a job waits by itself.");
        slots.Ask(3, 4).ShouldBeOfType<JobEvent.SlotsDenied>().Text.ShouldContain("The job needs 4 slots; 1 worker that fit have 3 together. Lower the job's parallelism");
        slots.State.HeldByJob.Keys.ShouldBe([1]);
        slots.State.Queue.ShouldBeEmpty();
    }

    [Fact, Trait("spec", "engine.md 127")]
    public void Slots_that_are_given_back_are_free_again()
    {
        var slots = new SlotDriver().Worker("a:5801", 3);
        slots.Ask(1, 3);
        slots.Release(slots.Granted(1));
        slots.State.Workers["a:5801"].Free.Count.ShouldBe(3);
        slots.State.HeldByJob.ShouldBeEmpty();
        slots.Ask(2, 3).ShouldBeOfType<JobEvent.SlotsGranted>();
    }

    [Fact, Trait("spec", "engine.md 131")]
    public void A_job_with_tags_runs_on_workers_that_carry_them_all()
    {
        var slots = new SlotDriver().Worker("a:5801", 9, 1, ("zone", "az1")).Worker("b:5801", 9, 1, ("zone", "az2"), ("disk", "ssd")).Worker("c:5801", 9);
        for (var job = 1; job <= 3; job++) slots.Ask(job, 3, tags: [("zone", "az2"), ("disk", "ssd")]).ShouldBeOfType<JobEvent.SlotsGranted>().Grants.ShouldAllBe(grant => grant.Slot.Worker == "b:5801");
    }

    [Fact, Trait("spec", "engine.md 132")]
    public void Tags_that_no_worker_carries_are_named_in_the_refusal()
    {
        var slots = new SlotDriver().Worker("a:5801", null, 1, ("zone", "az1"));
        slots.Ask(1, 2, tags: [("zone", "az9"), ("disk", "ssd")]).ShouldBeOfType<JobEvent.SlotsDenied>().Text
            .ShouldContain("None of 1 worker carries the tags {disk=ssd, zone=az9}. Change tag_filter in the job's env, or give a worker these tags with POST /update-tags.");
        new SlotDriver().Ask(1, 2).ShouldBeOfType<JobEvent.SlotsDenied>().Text.ShouldContain("No worker is there.");
    }

    [Fact, Trait("spec", "engine.md 133, 135")]
    public void New_tags_count_for_the_next_request_also_for_one_of_a_restore()
    {
        var slots = new SlotDriver().Worker("a:5801", 4, 1, ("zone", "az1")).Worker("b:5801", 4);
        slots.Ask(1, 2, tags: [("zone", "az1")]);
        slots.Worker("a:5801", 4).Worker("b:5801", 4, 1, ("zone", "az1"));
        slots.Granted(1).ShouldAllBe(grant => grant.Slot.Worker == "a:5801", "who runs is not moved");
        slots.Ask(2, 2, tags: [("zone", "az1")]).ShouldBeOfType<JobEvent.SlotsGranted>().Grants.ShouldAllBe(grant => grant.Slot.Worker == "b:5801");
        slots.Ask(1, 2, number: 2, isRestore: true, tags: [("zone", "az1")]).ShouldBeOfType<JobEvent.SlotsGranted>().Grants.ShouldAllBe(grant => grant.Slot.Worker == "b:5801");
    }

    [Fact, Trait("spec", "engine.md 134")]
    public void Slot_ratio_spreads_evenly_over_equal_workers_and_by_share_over_others()
    {
        var slots = new SlotDriver(new SlotPolicy { Allocation = SlotAllocation.SlotRatio }).Worker("a:5801", 8).Worker("b:5801", 8);
        slots.Ask(1, 10);
        slots.State.Workers.Values.Select(worker => worker.Held.Count).ShouldBe([5, 5]);
        var unequal = new SlotDriver(new SlotPolicy { Allocation = SlotAllocation.SlotRatio }).Worker("a:5801", 4).Worker("b:5801", 12).Worker("c:5801", null);
        unequal.Ask(1, 8);
        unequal.State.Workers.Values.Select(worker => worker.Held.Count).ShouldBe([2, 6, 0], "a worker without a number counts as half full");
    }

    [Fact]
    public void Random_uses_all_workers_and_the_same_seed_chooses_the_same()
    {
        var first = Spread(seed: 7);
        first.ShouldAllBe(count => count > 50);
        Spread(seed: 7).ShouldBe(first);
        Spread(seed: 8).ShouldNotBe(first);

        static List<int> Spread(ulong seed)
        {
            var slots = new SlotDriver(new SlotPolicy { Seed = seed }).Worker("a:5801", 100).Worker("b:5801", 100).Worker("c:5801", 100);
            for (var job = 1; job <= 60; job++) slots.Ask(job, 4);
            return [.. slots.State.Workers.Values.Select(worker => worker.Held.Count)];
        }
    }

    [Fact, Trait("spec", "engine.md 8.3")]
    public void System_load_takes_the_worker_with_most_to_spare_and_counts_what_it_was_just_given()
    {
        var slots = new SlotDriver(new SlotPolicy { Allocation = SlotAllocation.SystemLoad });
        Measure(slots, "a:5801", cpu: 0.9, memory: 0.9);
        Measure(slots, "b:5801", cpu: 0.5, memory: 0.5);
        slots.Worker("c:5801", 10);
        slots.Ask(1, 1).ShouldBeOfType<JobEvent.SlotsGranted>().Grants.Single().Slot.Worker.ShouldBe("b:5801");
        // 0.7 (0.5 - 0.1 n) + 0.3 (1 - n/10) against 0.7 0.1 + 0.3: b is given four before a is better, c is not measured and comes last
        slots.Ask(2, 4).ShouldBeOfType<JobEvent.SlotsGranted>();
        slots.State.Workers["b:5801"].Held.Count.ShouldBe(4);
        slots.State.Workers["a:5801"].Held.Count.ShouldBe(1);
        slots.State.Workers["c:5801"].Held.Count.ShouldBe(0);
    }

    [Fact, Trait("spec", "engine.md 8.3")]
    public void Five_samples_count_the_newest_most_and_the_cost_of_a_slot_is_measured()
    {
        var load = WorkerLoad.Unknown;
        load.Score(0).ShouldBe(0);
        foreach (var cpu in (double[])[0, 1, 0.2, 0.4, 0.6, 0.8]) load = load.Sampled(new(cpu, 0));
        // availabilities, newest first: 0.6 0.7 0.8 0.9 0.5, weights 4 2 2 1 1
        load.Score(assignedShare: 0.5).ShouldBe((0.7 * ((4 * 0.6) + (2 * 0.7) + (2 * 0.8) + 0.9 + 0.5) / 10) + 0.15, 1e-12);
        load.SlotCost.ShouldBe(0.1);
        var given = load with { SlotsGiven = 2 };
        given.Sampled(new(1, 0.4)).SlotCost.ShouldBe((0.6 - 0.3) / 2, 1e-12);
        given.Sampled(new(0.1, 0)).SlotCost.ShouldBe(0.1, "a load that fell says nothing of slots");
        given.Sampled(new(1, 0.4)).SlotsGiven.ShouldBe(0);
    }

    private static void Measure(SlotDriver slots, string address, double cpu, double memory) =>
        slots.Tell(new SlotEvent.WorkerSeen(SlotDriver.Profile(address, 10) with { Load = new(cpu, memory) }));
}
