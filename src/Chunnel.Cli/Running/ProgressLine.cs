using System.Globalization;
using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Cli.Running;

/// <summary>One pipeline's progress in a line: rows, rate, bytes.</summary>
internal static class ProgressLine
{
    public static string Of(PipelineView pipeline, TimeSpan running)
    {
        var seconds = Math.Max(running.TotalSeconds, 1e-3);
        var (read, written) = (pipeline.Metrics.Read, pipeline.Metrics.Written);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"pipeline {pipeline.Id} {pipeline.Status.Name,-9} read {read.Rows:N0} rows ({Rate(read.Rows / seconds)} rows/s), written {written.Rows:N0} rows, {Size(written.Bytes)}");
    }

    private static string Rate(double rate) => rate switch
    {
        >= 1e6 => (rate / 1e6).ToString("0.0 M", CultureInfo.InvariantCulture),
        >= 1e3 => (rate / 1e3).ToString("0.0 k", CultureInfo.InvariantCulture),
        _ => rate.ToString("0", CultureInfo.InvariantCulture),
    };

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => (bytes / (double)(1L << 30)).ToString("0.0 GiB", CultureInfo.InvariantCulture),
        >= 1L << 20 => (bytes / (double)(1L << 20)).ToString("0.0 MiB", CultureInfo.InvariantCulture),
        _ => (bytes / 1024.0).ToString("0.0 KiB", CultureInfo.InvariantCulture),
    };
}
