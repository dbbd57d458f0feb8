using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Looks at every row and throws at the first that breaks a rule.</summary>
internal sealed class AssertWriter(AssertSink sink, AssertTally tally, TableSchema table, TableRules rules, WriterContext context) : ISinkWriter
{
    private static readonly TextFormat RowText = TextFormat.Console with { Null = "null"u8.ToArray() };

    private List<(FieldCheck Check, int Column)>? _checks;
    private long _rows;

    public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        using (batch)
        {
            stop.ThrowIfCancellationRequested();
            _checks ??= Checks(table);
            var (first, broken) = (batch.Selected, default(FieldRule));
            foreach (var (check, column) in _checks)
            {
                var row = check.FirstBroken(batch, column, first);
                if (row >= 0) (first, broken) = (row, check.Rule);
            }
            if (broken is not null) throw new ChunnelException(AssertErrors.RuleFailed, $"row :{Show(batch, batch.RowAt(first))} fail rule: {broken}") { Where = broken.At.Where };
            _rows += batch.Selected;
            tally.Count(batch.Selected);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask EndOfInputAsync(CancellationToken stop)
    {
        if (tally.EndOfWriter(context.Parallelism)) sink.Judge(tally.Rows);
        return ValueTask.CompletedTask;
    }

    public ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop) => new((byte[]?)null);

    /// <summary>The rows counted, so that a restored job judges all of them.</summary>
    public ValueTask<IReadOnlyList<byte[]>> SnapshotAsync(long checkpointId, CancellationToken stop) => new([BitConverter.GetBytes(_rows)]);

    public ValueTask DisposeAsync()
    {
        foreach (var (check, _) in _checks ?? []) check.Dispose();
        _checks = null;
        return ValueTask.CompletedTask;
    }

    private List<(FieldCheck Check, int Column)> Checks(TableSchema schema)
    {
        var checks = new List<(FieldCheck, int)>();
        foreach (var rule in rules.Fields)
        {
            var column = schema.IndexOf(rule.Name);
            if (column < 0)
            {
                throw new ChunnelException(AssertErrors.RuleFailed, $"The table '{schema.TableId}' has no column '{rule.Name}', which a rule names.")
                {
                    Where = rule.At.Where,
                    Mend = Nearest.DidYouMean(rule.Name, schema.Columns.Select(known => known.Name)) ?? $"It has: {string.Join(", ", schema.Columns.Select(known => known.Name))}.",
                };
            }
            checks.Add((new FieldCheck(rule, schema.Columns[column]), column));
        }
        return checks;
    }

    private static string Show(ColumnBatch batch, int row)
    {
        var text = new ByteWriter();
        for (var column = 0; column < batch.ColumnCount; column++)
        {
            if (column > 0) text.Append(", "u8);
            ValueText.Append(text, batch[column], row, RowText);
        }
        return $"SeaTunnelRow{{tableId={batch.Schema.TableId}, kind={batch.KindAt(row).ToShortText()}, fields=[{Encoding.UTF8.GetString(text.Written)}]}}";
    }
}
