using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Checks the rows of one table. Its writers count together, and the last to reach the end of its input judges the count.</summary>
internal sealed class AssertSink(TableSchema table, TableRules rules, IReadOnlyList<string> tableNames, IReadOnlyList<string>? tablesOfBlock) : ISink
{
    private long _rows;
    private int _ended;

    public TableSchema Table => table;

    public SinkDelivery Delivery => SinkDelivery.Idempotent;

    public ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states)
    {
        Count(states.Sum(state => BitConverter.ToInt64(state)));
        return new AssertWriter(this, table, rules, context);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal void Count(long rows) => Interlocked.Add(ref _rows, rows);

    /// <summary>A writer has seen all its rows.</summary>
    /// <exception cref="ChunnelException">It was the last, and a rule over all rows is broken.</exception>
    internal void EndOfWriter(int writers)
    {
        if (Interlocked.Increment(ref _ended) < writers) return;
        var rows = Interlocked.Read(ref _rows);
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
