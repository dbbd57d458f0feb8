using Chunnel.Cli.Running;

namespace Chunnel.Cli.Tests;

public sealed class TerminalReporterTests
{
    [Fact]
    public void A_line_never_breaks_and_is_rewritten_in_place()
    {
        var output = new StringWriter { NewLine = "\n" };
        using var reporter = new TerminalReporter(output, TextWriter.Null, () => 20);
        reporter.Progress(null!, [new PipelinePace(Pipelines.Running(1), 0)], TimeSpan.Zero);
        reporter.Print("a row");
        reporter.Progress(null!, [new PipelinePace(Pipelines.Running(2), 0)], TimeSpan.Zero);
        output.ToString().ShouldBe("pipeline 1 RUNNING  \n\e[1A\e[Ja row\npipeline 1 RUNNING  \n");
    }
}
