using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Checks the rows of one table. Its writers count together, and the last to reach the end of its input judges the count.</summary>
internal sealed class AssertSink(TableSchema table, TableRules rules, IReadOnlyList<string> tableNames, IReadOnlyList<string>? tablesOfBlock) : ISink
{
    private readonly Lock _lock = new();
    private AssertTally _tally = new();

    public TableSchema Table => table;

    public SinkDelivery Delivery => SinkDelivery.Idempotent;

    public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states)
    {
        lock (_lock)
        {
            // A subtask that comes again is a new attempt of the pipeline: what the old one counted does not count.
            if (!_tally.TryJoin(context.Subtask)) (_tally = new AssertTally()).TryJoin(context.Subtask);
            _tally.Count(states.Sum(state => BitConverter.ToInt64(state)));
            return new AssertWriter(this, _tally, table, rules, context);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Judges what holds for all rows, when the last writer has seen its own.</summary>
    /// <exception cref="ChunnelException">A rule over all rows is broken.</exception>
    internal void Judge(long rows)
    {
        foreach (var rule in rules.Rows)
        {
            if (!rule.HoldsFor(rows)) throw new ChunnelException(AssertErrors.RuleFailed, $"row num :{rows} fail rule: {rule}") { Mend = $"Table '{table.TableId}'." };
        }
        CheckTableNames();
    }

    /// <summary>Without word of the other tables, only this one can be looked for.</summary>
    private void CheckTableNames()
    {
        if (tableNames.Count == 0) return;
        var came = tablesOfBlock ?? [table.TableId];
        var asExpected = tablesOfBlock is null ? tableNames.Contains(table.TableId) : tableNames.ToHashSet(StringComparer.Ordinal).SetEquals(came);
        if (!asExpected) throw new ChunnelException(AssertErrors.RuleFailed, $"table names: [{string.Join(", ", came)}] is not equal to [{string.Join(", ", tableNames)}]");
    }
}
