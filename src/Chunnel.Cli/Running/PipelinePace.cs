using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>A pipeline at one moment, how fast it goes and how long it will take.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="RowsPerSecond">Rows that it reads a second.</param>
/// <param name="Left">Until it has read everything, if it goes on like this; null when that cannot be told.</param>
internal sealed record PipelinePace(PipelineView Pipeline, double RowsPerSecond, TimeSpan? Left = null)
{
    /// <summary>The average of a whole run that is over.</summary>
    public static PipelinePace Average(PipelineView pipeline, TimeSpan running) =>
        new(pipeline, pipeline.Metrics.Read.Rows / Math.Max(running.TotalSeconds, 1e-3));
}
