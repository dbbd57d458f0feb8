using Chunnel.Core;

namespace Chunnel.Formats.Arrow;

/// <summary>Rows of a batch that hold a value which the type it is read as cannot: they are noted, and what stands in the value's place has no meaning.</summary>
public sealed class UnfitRows
{
    private readonly SortedDictionary<int, Func<long, ChunnelException>> _rows = [];
    private readonly HashSet<(int Row, string Column)> _values = [];

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>The rows, rising.</summary>
    public IReadOnlyCollection<int> Rows => _rows.Keys;

    /// <summary>True for a row that is noted.</summary>
    public bool Has(int row) => _rows.ContainsKey(row);

    /// <summary>True when it is this column's value.</summary>
    public bool Has(int row, string column) => _values.Contains((row, column));

    /// <summary>What is wrong with a row: the first of its columns that does not fit.</summary>
    /// <param name="row">The row within the batch.</param>
    /// <param name="firstRow">Number of the batch's first row, for the message.</param>
    public ChunnelException Why(int row, long firstRow) => _rows[row](firstRow + row);

    /// <param name="row">The row within the batch.</param>
    /// <param name="column">Which column's value it is.</param>
    /// <param name="why">The error, for a row's number.</param>
    internal void Add(int row, string column, Func<long, ChunnelException> why)
    {
        _rows.TryAdd(row, why);
        _values.Add((row, column));
    }

    /// <summary>Notes the rows that hold the noted members, whose own rows are counted over all of them.</summary>
    /// <param name="members">Rows of the members.</param>
    /// <param name="column">The column that holds them.</param>
    /// <param name="offsets">Where the members of each row begin.</param>
    internal void AddHolders(UnfitRows members, string column, ReadOnlySpan<int> offsets)
    {
        var row = 0;
        foreach (var (member, why) in members._rows)
        {
            while (offsets[row + 1] <= member) row++;
            Add(row, column, why);
        }
    }
}
