using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>
/// A row as a script of DynamicCompile sees it. Values are of .NET's types: bool, sbyte, short, int, long, float, double, decimal, string, byte[],
/// DateOnly, TimeOnly, DateTime, DateTimeOffset; arrays and nested rows are object?[], maps are dictionaries, vectors are float[] or, packed, byte[].
/// </summary>
public abstract class RowAccessor
{
    /// <summary>The table that comes in.</summary>
    public abstract TableSchema Table { get; }

    /// <summary>The whole path of the row's table.</summary>
    public string TableId => Table.TableId;

    public abstract RowKind RowKind { get; }

    public int Arity => Table.Columns.Count;

    public object? this[int column] => GetField(column);

    public object? this[string column] => GetField(column);

    public abstract object? GetField(int column);

    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public object? GetField(string column) => GetField(IndexOf(column));

    public abstract bool IsNull(int column);

    public bool IsNull(string column) => IsNull(IndexOf(column));

    /// <summary>The value as a text, of any type: also what no type of .NET can hold, such as a decimal of 38 digits. Null for null.</summary>
    public abstract string? GetText(int column);

    public string? GetText(string column) => GetText(IndexOf(column));

    private int IndexOf(string column) =>
        Table.IndexOf(column) is >= 0 and var index ? index : throw new ArgumentException($"The table {TableId} has no column '{column}'; it has {string.Join(", ", Table.Columns.Select(known => known.Name))}.");
}
