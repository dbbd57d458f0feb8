using System.Globalization;
using Chunnel.Control;

namespace Chunnel.Cli.Running;

/// <summary>One pipeline's progress in a line: the share that is done, rows, rate, bytes, the time left.</summary>
internal static class ProgressLine
{
    public static string Of(PipelinePace pace)
    {
        var pipeline = pace.Pipeline;
        var (read, written) = (pipeline.Metrics.Read, pipeline.Metrics.Written);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"pipeline {pipeline.Id} {pipeline.Status.Name,-9} {Share(pipeline.Progress)}read {read.Rows:N0} rows ({Rate(pace.RowsPerSecond)} rows/s), written {written.Rows:N0} rows, {Size(written.Bytes)}{Left(pace.Left)}");
    }

    /// <summary>Rounded down: 100 % is all of it.</summary>
    private static string Share(Engine.ProgressView? progress) => progress switch
    {
        null => "",
        { Splits: <= 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(progress.Share * 100),3} %, "),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(progress.Share * 100),3} % ({progress.SplitsDone:N0} of {progress.Splits:N0} splits), "),
    };

    private static string Left(TimeSpan? left)
    {
        if (left is not { } time) return "";
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return seconds switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $", {seconds} s left"),
            < 3600 => string.Create(CultureInfo.InvariantCulture, $", {seconds / 60} min {seconds % 60} s left"),
            < 86_400 => string.Create(CultureInfo.InvariantCulture, $", {seconds / 3600} h {seconds % 3600 / 60} min left"),
            _ => string.Create(CultureInfo.InvariantCulture, $", {seconds / 86_400} d {seconds % 86_400 / 3600} h left"),
        };
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
