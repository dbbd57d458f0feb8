using Chunnel.Core;
using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Cli.Tests;

/// <summary>Looks at pipelines as a run would show them.</summary>
internal static class Pipelines
{
    public static PipelineView Running(long rowsRead, long bytesWritten = 0, ProgressView? progress = null, int id = 1) => new()
    {
        Id = id,
        Parallelism = 1,
        FullName = $"Job n (1), Pipeline: [({id}/1)]",
        Status = PipelineStatus.Running,
        Vertices = [],
        Edges = [],
        Guarantee = new Guarantee(DeliveryGuarantee.ExactlyOnce, ""),
        Checkpoints = new CheckpointsView(CheckpointHistory.None, Pending: null),
        Metrics = MetricsView.Nothing with
        {
            Read = FlowView.Nothing with { Rows = rowsRead },
            Written = FlowView.Nothing with { Rows = rowsRead, Bytes = bytesWritten },
        },
        Progress = progress,
    };
}
