namespace Chunnel.Engine;

/// <summary>Rows and bytes that passed, in all and by table, with lifetime averages a second.</summary>
public sealed record FlowView(long Rows, long Bytes, double RowsPerSecond, double BytesPerSecond, IReadOnlyDictionary<string, FlowView> Tables)
{
    private static readonly IReadOnlyDictionary<string, FlowView> _noTables = new Dictionary<string, FlowView>();

    public static readonly FlowView Nothing = new(0, 0, 0, 0, _noTables);

    /// <summary>Sums meters; each rate is a meter's total over its own age.</summary>
    public static FlowView Sum(IEnumerable<Meter> meters)
    {
        var tables = new SortedDictionary<string, FlowView>(StringComparer.Ordinal);
        var total = Nothing;
        foreach (var meter in meters)
        {
            var seconds = Math.Max(meter.Age.TotalSeconds, 1e-3);
            foreach (var (table, counter) in meter.Tables)
            {
                var (rows, bytes) = (counter.Rows, counter.Bytes);
                var view = new FlowView(rows, bytes, rows / seconds, bytes / seconds, _noTables);
                tables[table] = tables.TryGetValue(table, out var before) ? before.Plus(view) : view;
                total = total.Plus(view);
            }
        }
        return total with { Tables = tables };
    }

    private FlowView Plus(FlowView other) =>
        new(Rows + other.Rows, Bytes + other.Bytes, RowsPerSecond + other.RowsPerSecond, BytesPerSecond + other.BytesPerSecond, Tables);
}
