namespace Chunnel.Control.Tests.Jobs;

/// <summary>architecture.md section 6, S5: terminal is final, in every table.</summary>
public sealed class TransitionTests
{
    [Fact, Trait("spec", "engine.md 91")]
    public void Nothing_leaves_a_terminal_state()
    {
        foreach (var from in Enum.GetValues<JobStatus>().Where(status => status.IsTerminal))
        {
            Enum.GetValues<JobStatus>().ShouldAllBe(to => !JobTransitions.Allow(from, to));
        }
        foreach (var from in Enum.GetValues<PipelineStatus>().Where(status => status.IsTerminal))
        {
            Enum.GetValues<PipelineStatus>().ShouldAllBe(to => !PipelineTransitions.Allow(from, to));
        }
        foreach (var from in Enum.GetValues<TaskGroupStatus>().Where(status => status.IsTerminal))
        {
            Enum.GetValues<TaskGroupStatus>().ShouldAllBe(to => !TaskGroupTransitions.Allow(from, to));
        }
    }

    [Fact]
    public void Every_other_state_can_be_left()
    {
        Enum.GetValues<JobStatus>().Where(status => !status.IsTerminal).ShouldAllBe(from => Enum.GetValues<JobStatus>().Any(to => JobTransitions.Allow(from, to)));
        Enum.GetValues<PipelineStatus>().Where(status => !status.IsTerminal).ShouldAllBe(from => Enum.GetValues<PipelineStatus>().Any(to => PipelineTransitions.Allow(from, to)));
        Enum.GetValues<TaskGroupStatus>().Where(status => !status.IsTerminal).ShouldAllBe(from => Enum.GetValues<TaskGroupStatus>().Any(to => TaskGroupTransitions.Allow(from, to)));
    }
}
