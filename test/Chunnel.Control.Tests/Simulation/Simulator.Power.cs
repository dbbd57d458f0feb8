namespace Chunnel.Control.Tests.Simulation;

/// <content>The whole cluster loses its power and comes back: what is in the log, and what targets show, is all there is.</content>
internal sealed partial class Simulator
{
    private long _epoch = 1;
    private bool _isDown;

    private void FailPower()
    {
        if (_isDown) return;
        Note("power fails", _epoch);
        _isDown = true;
        foreach (var worker in _workers)
        {
            worker.IsUp = false;
            worker.Incarnation++;
            foreach (var group in worker.Groups.Values.Where(group => group.IsAlive)) group.Phase = SimPhase.Gone;
            worker.Groups.Clear();
            worker.CancelledUpTo.Clear();
        }
        After(0.5, 20, ComeBack);
    }

    private void ComeBack()
    {
        _epoch++;
        Note("power is back", _epoch);
        _isDown = false;
        (_slots, _ledger, _slotTimer) = (SlotState.Begin(_slotPolicy, _epoch), new SlotLedger(), null);
        foreach (var worker in _workers)
        {
            worker.IsUp = true;
            Register(worker);
        }
        foreach (var job in _jobs.Values.OrderBy(job => job.Plan.JobId).ToArray()) Resume(job);
    }

    /// <summary>A job that the log does not know was never accepted; one that has ended there has ended.</summary>
    private void Resume(SimJob job)
    {
        var id = job.Plan.JobId;
        if (job.Logged is not { } logged)
        {
            _jobs.Remove(id);
            return;
        }
        if (logged.End is { } end)
        {
            job.CancelledAt = null;
            job.Told.Clear();
            job.Begun.Clear();
            if (!job.HasEnded) End(job, end.Status);
            return;
        }
        var decision = _brain.Resume(job.Plan, job.Policy, _epoch, Now, logged);
        var life = new SimJob(job.Plan, job.Policy, job.IsBounded)
        {
            State = decision.State,
            Origin = job.Origin,
            Logged = logged,
            CompletedInLog = job.CompletedInLog,
            NewestInLog = job.NewestInLog,
            AttemptsInLog = job.AttemptsInLog,
            Stored = job.Stored,
            Aborted = job.Aborted,
            Rotten = job.Rotten,
            Owing = job.Owing,
        };
        _jobs[id] = life;
        Take(life, decision);
    }

    /// <summary>What was on its way in the memory of a master goes with it.</summary>
    private Action InThisReign(Action act)
    {
        var epoch = _epoch;
        return () =>
        {
            if (_epoch == epoch && !_isDown) act();
        };
    }
}
