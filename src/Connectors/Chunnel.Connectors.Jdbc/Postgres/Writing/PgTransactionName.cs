using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// The name of a prepared transaction: whose it is, which writer prepared it, at which checkpoint, in which attempt. By it a transaction that
/// a checkpoint counts on is told from what a dead attempt left.
/// </summary>
/// <param name="Family">Job, pipeline, sink and table: transactions of one family are one committer's.</param>
/// <param name="Subtask">The writer.</param>
/// <param name="Checkpoint">What it was prepared for.</param>
/// <param name="Attempt">The deployment that prepared it.</param>
/// <param name="Chance">No other run gave the same.</param>
internal sealed record PgTransactionName(string Family, int Subtask, long Checkpoint, int Attempt, string Chance)
{
    private const int Parts = 7;
    private const int FamilyParts = 3;

    public static string FamilyOf(JdbcSinkSettings settings, string jobId, WriterContext context) =>
        $"chunnel_{jobId}_{HashOf($"{context.PipelineId.ToString(CultureInfo.InvariantCulture)}|{context.Sink}|{settings.Connection}|{settings.Database}|{settings.Target}")}";

    /// <summary>Null where the name is none of ours.</summary>
    public static PgTransactionName? Parse(string gid)
    {
        var parts = gid.Split('_');
        return parts.Length == Parts
            && int.TryParse(parts[FamilyParts], NumberStyles.None, CultureInfo.InvariantCulture, out var subtask)
            && long.TryParse(parts[FamilyParts + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var checkpoint)
            && int.TryParse(parts[FamilyParts + 2], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? new PgTransactionName(string.Join('_', parts[..FamilyParts]), subtask, checkpoint, attempt, parts[^1])
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Family}_{Subtask}_{Checkpoint}_{Attempt}_{Chance}");

    /// <summary>Short, and the same in every process.</summary>
    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
