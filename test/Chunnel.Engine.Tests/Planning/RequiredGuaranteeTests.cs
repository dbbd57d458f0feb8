using Chunnel.Core;

namespace Chunnel.Engine.Tests;

/// <summary>env.require.guarantee: what a job must promise is checked before anything runs.</summary>
public sealed class RequiredGuaranteeTests
{
    [Theory]
    [InlineData("EXACTLY_ONCE", "exactly_once", true)]
    [InlineData("exactly-once", "at_least_once", false)]
    [InlineData("AT_LEAST_ONCE", "at_least_once", true)]
    [InlineData("AT_LEAST_ONCE", "at_most_once", false)]
    [InlineData("AT_MOST_ONCE", "at_most_once", true)]
    public async Task A_job_that_cannot_keep_it_is_refused_with_the_reason(string required, string delivery, bool isTaken)
    {
        await using var test = new EngineUnderTest();
        var job = $"env {{ require.guarantee = \"{required}\" }}\nsource {{ Numbers {{}} }}\nsink {{ Collect {{ delivers = \"{delivery}\" }} }}";
        if (isTaken)
        {
            (await test.RunAsync(job)).Status.ShouldBe(Control.JobStatus.Finished);
            return;
        }
        var wrong = (await Should.ThrowAsync<ProblemsException>(() => test.SubmitAsync(job))).Problems.ShouldHaveSingleItem();
        wrong.Code.ShouldBe(EngineErrors.GuaranteeNotKept);
        wrong.Where.Line.ShouldBe(1);
        wrong.What.ShouldStartWith("Pipeline 1 cannot keep env.require.guarantee: pipeline-1 [Sink[0]-Collect-MultiTableSink] may");
        test.Engine.Running.ShouldBeEmpty();
    }
}
