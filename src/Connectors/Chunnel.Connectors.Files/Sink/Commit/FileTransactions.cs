using System.Globalization;

namespace Chunnel.Connectors.Files;

/// <summary>
/// Where the files of one writer lie until they are committed, and what its transactions are called (spec connectors.md 6.5):
/// <c>tmp/seatunnel/job/prefix/T_job_prefix_subtask_number</c>. The prefix is the writer's own, so that two runs never meet.
/// </summary>
internal sealed class FileTransactions(string tmpPath, string jobId, string prefix, int subtask)
{
    /// <summary>The folder of a file without partition.</summary>
    public const string NoPartition = "NON_PARTITION";

    public string Prefix { get; } = prefix;

    public string PrefixFolder { get; } = FilePaths.Join(tmpPath, "seatunnel", jobId, prefix);

    public string JobFolder { get; } = FilePaths.Join(tmpPath, "seatunnel", jobId);

    public string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"T_{jobId}_{Prefix}_{subtask}_{number}");

    public string FolderOf(string transactionId) => FilePaths.Join(PrefixFolder, transactionId);

    /// <summary>The number at the end of a transaction's id; -1 when it is none.</summary>
    public static long NumberOf(string transactionId) =>
        transactionId.StartsWith("T_", StringComparison.Ordinal)
        && long.TryParse(transactionId.AsSpan(transactionId.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    public static string NewPrefix(Guid guid) => guid.ToString("N")[..10];
}
