using System.Globalization;

namespace Chunnel.Bench;

/// <summary>How a node took a storm.</summary>
internal sealed record StormRun(double AcceptedPerSecond, double FinishedPerSecond, IReadOnlyList<StormMoment> Moments);

/// <summary>The node at one moment.</summary>
internal sealed record StormMoment(double Seconds, int Finished, double ResidentMiB, int Threads, int Files)
{
    public string[] Cells() =>
    [
        Seconds.ToString("F0", CultureInfo.InvariantCulture), Finished.ToString("N0", CultureInfo.InvariantCulture),
        ResidentMiB.ToString("F0", CultureInfo.InvariantCulture), Threads.ToString(CultureInfo.InvariantCulture), Files.ToString(CultureInfo.InvariantCulture),
    ];
}
