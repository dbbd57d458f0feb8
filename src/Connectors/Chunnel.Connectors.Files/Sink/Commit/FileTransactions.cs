using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>
/// Where the files of one writer lie until they are committed, and what its transactions are called (spec connectors.md 6.5):
/// <c>tmp/seatunnel/job/prefix/T_job_prefix_subtask_number</c>. The prefix is that of one writer in one attempt, so that two runs never meet, nor
/// a node that was thought dead and the one that took over; and it says which attempt of which sink left a folder behind.
/// </summary>
internal sealed class FileTransactions(string tmpPath, string jobId, string prefix, int subtask)
{
    /// <summary>The folder of a file without partition.</summary>
    public const string NoPartition = "NON_PARTITION";

    private const int SinkLetters = 6;

    public string Prefix { get; } = prefix;

    public string PrefixFolder { get; } = FilePaths.Join(tmpPath, "seatunnel", jobId, prefix);

    public string JobFolder { get; } = FilePaths.Join(tmpPath, "seatunnel", jobId);

    public string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"T_{jobId}_{Prefix}_{subtask}_{number}");

    public string FolderOf(string transactionId) => FilePaths.Join(PrefixFolder, transactionId);

    /// <summary>The number at the end of a transaction's id; -1 when it is none.</summary>
    public static long NumberOf(string transactionId) =>
        transactionId.StartsWith("T_", StringComparison.Ordinal)
        && long.TryParse(transactionId.AsSpan(transactionId.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>Sink and table, attempt, chance: <c>3fa2b1x2x9c01de</c>.</summary>
    public static string NewPrefix(WriterContext context, string table, Guid guid)
    {
        var sink = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{context.PipelineId}|{context.Sink}|{table}")));
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(sink)[..SinkLetters]}x{context.Attempt}x{guid.ToString("N")[..SinkLetters]}");
    }

    /// <summary>Both prefixes are of one sink, and the first one is of an older attempt.</summary>
    public static bool IsOlder(string prefix, string than) => AttemptOf(prefix) is { } older && AttemptOf(than) is { } newer && older < newer
        && prefix.AsSpan(0, SinkLetters).SequenceEqual(than.AsSpan(0, SinkLetters));

    private static int? AttemptOf(string prefix) =>
        prefix.Split('x') is [{ Length: SinkLetters }, var attempt, { Length: SinkLetters }] && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
