namespace Chunnel.Control.Tests;

/// <summary>Takes a job to any of them.</summary>
internal static class Stages
{
    public static Driver Reach(Stage stage)
    {
        var job = new Driver(Plans.FakeToFile(), new JobPolicy { RetryTimes = 1 });
        if (stage == Stage.SaveModes) return job;
        job.Tell(new JobEvent.SaveModesDone());
        if (stage == Stage.Pending) return job;
        job.GrantSlots();
        if (stage == Stage.Deploying) return job;
        job.ForEachGroup(0, (group, attempt) => new JobEvent.TaskGroupDeployed(group, attempt));
        if (stage == Stage.Opening) return job;
        job.StartAll();
        switch (stage)
        {
            case Stage.DoingSavepoint: job.Tell(new JobEvent.SavepointRequested()); break;
            case Stage.Canceling: job.Tell(new JobEvent.CancelRequested()); break;
            case Stage.CompletedPoint or Stage.Closing: job.ReadersDone(0); break;
            case Stage.Failing or Stage.RestoreWait or Stage.RestorePending: job.Fail(0, 2); break;
        }
        if (stage == Stage.Closing) job.Acknowledge(0);
        if (stage is Stage.RestoreWait or Stage.RestorePending) job.CancelGroups(0);
        if (stage == Stage.RestorePending) job.After(TimeSpan.FromSeconds(3));
        return job;
    }
}
