namespace Chunnel.Engine;

/// <summary>Rows and bytes that passed, in all and by table, with lifetime averages a second.</summary>
public sealed record FlowView(long Rows, long Bytes, double RowsPerSecond, double BytesPerSecond, IReadOnlyDictionary<string, FlowView> Tables)
{
    private static readonly IReadOnlyDictionary<string, FlowView> _noTables = new Dictionary<string, FlowView>();

    public static readonly FlowView Nothing = new(0, 0, 0, 0, _noTables);

    /// <summary>Sums meters; each rate is a meter's total over its own age.</summary>
    public static FlowView Sum(IEnumerable<Meter> meters)
    {
        Dictionary<string, FlowView>? tables = null;
        var total = Nothing;
        foreach (var meter in meters)
        {
            if (meter.Tables.Count == 0) continue;
            var seconds = Math.Max(meter.Age.TotalSeconds, 1e-3);
            tables ??= new Dictionary<string, FlowView>(StringComparer.Ordinal);
            foreach (var (table, counter) in meter.Tables)
            {
                var (rows, bytes) = (counter.Rows, counter.Bytes);
                var view = new FlowView(rows, bytes, rows / seconds, bytes / seconds, _noTables);
                tables[table] = tables.TryGetValue(table, out var before) ? before.Plus(view) : view;
                total = total.Plus(view);
            }
        }
        return tables is null ? Nothing : total with { Tables = InOrder(tables) };
    }

    /// <summary>Adds what two parts of a job have counted.</summary>
    public FlowView And(FlowView other)
    {
        if (Tables.Count == 0) return other;
        if (other.Tables.Count == 0) return this;
        var tables = new Dictionary<string, FlowView>(Tables, StringComparer.Ordinal);
        foreach (var (table, view) in other.Tables) tables[table] = tables.TryGetValue(table, out var before) ? before.Plus(view) : view;
        return Plus(other) with { Tables = InOrder(tables) };
    }

    private static IReadOnlyDictionary<string, FlowView> InOrder(Dictionary<string, FlowView> tables) =>
        tables.Count == 1 ? tables : new SortedDictionary<string, FlowView>(tables, StringComparer.Ordinal);

    private FlowView Plus(FlowView other) =>
        new(Rows + other.Rows, Bytes + other.Bytes, RowsPerSecond + other.RowsPerSecond, BytesPerSecond + other.BytesPerSecond, Tables);
}
