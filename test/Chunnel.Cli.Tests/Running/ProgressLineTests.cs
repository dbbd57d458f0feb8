using Chunnel.Cli.Running;
using Chunnel.Engine;

namespace Chunnel.Cli.Tests;

/// <summary>The live line as a person sees it.</summary>
public sealed class ProgressLineTests
{
    [Fact]
    public void The_lines_are_those_of_the_golden_file()
    {
        PipelinePace[] paces =
        [
            new(Pipelines.Running(0), 0),
            new(Pipelines.Running(999, 1023), 12.4),
            new(Pipelines.Running(1_234_567, 120 << 20), 5_230_000),
            new(Pipelines.Running(10_000, 1 << 20, new ProgressView(0, 1, 0.0499)), 1_500, TimeSpan.FromSeconds(0.2)),
            new(Pipelines.Running(3_000_000, 5L << 30, new ProgressView(3, 8, 0.42)), 1_500, TimeSpan.FromSeconds(200)),
            new(Pipelines.Running(3_000_000, 5L << 30, new ProgressView(1_200, 8_000, 0.151)), 900, TimeSpan.FromHours(2.51)),
            new(Pipelines.Running(3_000_000, 5L << 30, new ProgressView(7, 8, 0.9999), id: 12), 900, TimeSpan.FromDays(1.5)),
            new(Pipelines.Running(4_000_000, 6L << 30, new ProgressView(8, 8, 1)), 2_000_000),
        ];
        Golden.Equal("progress-lines.txt", string.Concat(paces.Select(pace => ProgressLine.Of(pace) + "\n")));
    }
}
