namespace Chunnel.Control.Tests.Simulation;

/// <content>Messages between master and workers: late, twice, out of order, or lost after a few tries.</content>
internal sealed partial class Simulator
{
    private const int MaxTries = 4;

    private void Send(string address, Action<SimWorker> message)
    {
        var worker = WorkerAt(address);
        var incarnation = worker.Incarnation;
        Transmit(() =>
        {
            if (worker.IsUp && worker.Incarnation == incarnation) message(worker);
        });
    }

    private void Report(SimWorker worker, JobEvent.TaskGroupReport report)
    {
        var incarnation = worker.Incarnation;
        Transmit(() =>
        {
            // what has left a worker arrives although the worker dies meanwhile
            if ((worker.IsUp || worker.Incarnation == incarnation) && _jobs.TryGetValue(report.Group.JobId, out var job)) Tell(job, report);
        });
    }

    private void Transmit(Action arrive)
    {
        var copies = Fault(_faults.Repeat) ? 2 : 1;
        for (; copies > 0; copies--) Try(arrive, MaxTries);
    }

    private void Try(Action arrive, int tries)
    {
        if (Fault(_faults.Drop))
        {
            if (tries > 1) After(0.5, 2, () => Try(arrive, tries - 1));
        }
        else if (Fault(_faults.Delay)) After(1, 20, arrive);
        else After(0.001, 0.2, arrive);
    }

    private SimWorker WorkerAt(string address)
    {
        foreach (var worker in _workers)
        {
            if (worker.Address == address) return worker;
        }
        throw new ViolationException("shell", $"an order for {address}, which was never there");
    }

    private void Kill(SimWorker worker)
    {
        Note("worker dies", worker.Incarnation);
        worker.IsUp = false;
        worker.Incarnation++;
        foreach (var group in worker.Groups.Values.Where(group => group.IsAlive)) group.Phase = SimPhase.Gone;
        worker.Groups.Clear();
        worker.CancelledUpTo.Clear();
        var lost = new JobEvent.WorkerLost(worker.Address, worker.Registered);
        After(0.2, 5, InThisReign(() =>
        {
            Unregister(worker);
            foreach (var job in _jobs.Values.OrderBy(job => job.Plan.JobId).ToArray()) Tell(job, lost);
            if (Fault(_faults.Repeat)) After(0.5, 30, InThisReign(() =>
            {
                foreach (var job in _jobs.Values.OrderBy(job => job.Plan.JobId).ToArray()) Tell(job, lost);
            }));
            After(0.5, 20, InThisReign(() =>
            {
                worker.IsUp = true;
                Register(worker);
            }));
        }));
    }
}
