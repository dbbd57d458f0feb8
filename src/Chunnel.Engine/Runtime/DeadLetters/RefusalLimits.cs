using System.Globalization;
using Chunnel.Config.DeadLetters;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>How many rows of a pipeline may be refused. The counts are those of its checkpoints, so that a restart forgets none.</summary>
internal sealed class RefusalLimits(DeadLetterOptions options, JobMetrics metrics, int pipeline)
{
    private const string Mend = "Mend the data or the step that refuses it, or raise the limit.";

    /// <summary>Looks after a row was refused and counted.</summary>
    /// <exception cref="ChunnelException">There are too many.</exception>
    public void Check(string last) => Check(last, isEnd: false);

    /// <summary>Looks at the end of the input, however few rows there were.</summary>
    /// <exception cref="ChunnelException">There are too many.</exception>
    public void CheckAtEnd(string last) => Check(last, isEnd: true);

    private void Check(string last, bool isEnd)
    {
        if (options.MaxRows is null && options.MaxPercent is null) return;
        var (read, refused) = metrics.CountRefused(pipeline);
        if (refused > options.MaxRows)
        {
            throw TooMany($"Pipeline {Text(pipeline)} may refuse {Text(options.MaxRows.Value)} rows (env.dead_letter.max_rows) and has refused {Text(refused)} of the {Text(read)} that it read.", last);
        }
        if (options.MaxPercent is { } most && (isEnd || read >= options.MinRows) && refused * 100.0 > most * read)
        {
            throw TooMany(
                $"Pipeline {Text(pipeline)} may refuse {most.ToString("0.###", CultureInfo.InvariantCulture)} % of its rows (env.dead_letter.max_percent) and has refused {Text(refused)} of the {Text(read)} that it read, {Share(refused, read)} %.", last);
        }
    }

    private static ChunnelException TooMany(string what, string last) => new(EngineErrors.TooManyRefused, $"{what} The last one: {last}") { Mend = Mend };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Share(long refused, long read) => (refused * 100.0 / Math.Max(1, read)).ToString("0.###", CultureInfo.InvariantCulture);
}
