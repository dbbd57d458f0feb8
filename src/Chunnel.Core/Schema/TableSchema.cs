namespace Chunnel.Core;

public sealed record PrimaryKey(string Name, IReadOnlyList<string> Columns);

public enum ConstraintKind
{
    IndexKey,
    UniqueKey,
    ForeignKey,
    VectorIndexKey,
}

public sealed record ConstraintColumn(string Name, bool Descending = false);

public sealed record ConstraintKey(string Name, ConstraintKind Kind, IReadOnlyList<ConstraintColumn> Columns);

/// <summary>
/// A table as it flows through a pipeline: SeaTunnel's catalog table. Every batch carries one by reference, so two batches
/// of the same table and the same version share the object. Immutable.
/// </summary>
public sealed class TableSchema
{
    private readonly Dictionary<string, int> _ordinals;

    public TableSchema(TablePath path, IReadOnlyList<ColumnDef> columns)
    {
        Path = path;
        Columns = columns;
        TableId = path.ToString();
        _ordinals = new Dictionary<string, int>(columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++) _ordinals.TryAdd(columns[i].Name, i);
    }

    public TablePath Path { get; }

    /// <summary>The path's text: it routes rows and keys the metrics of a multi-table job.</summary>
    public string TableId { get; }

    public IReadOnlyList<ColumnDef> Columns { get; }

    public PrimaryKey? PrimaryKey { get; init; }

    public IReadOnlyList<ConstraintKey> ConstraintKeys { get; init; } = [];

    public IReadOnlyList<string> PartitionKeys { get; init; } = [];

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public string? Comment { get; init; }

    /// <summary>The catalog that the table comes from.</summary>
    public string CatalogName { get; init; } = "schema";

    /// <summary>The column's place, or -1. Names are case-sensitive.</summary>
    public int IndexOf(string name) => _ordinals.TryGetValue(name, out var index) ? index : -1;

    /// <summary>Columns of the same names and types in the same order.</summary>
    public bool HasStructureOf(TableSchema other) =>
        Columns.Count == other.Columns.Count && Columns.Zip(other.Columns).All(pair => pair.First.Name == pair.Second.Name && pair.First.Type.Equals(pair.Second.Type));

    /// <summary>The same table with other columns; keys that name a lost column are dropped.</summary>
    public TableSchema WithColumns(IReadOnlyList<ColumnDef> columns)
    {
        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return new TableSchema(Path, columns)
        {
            PrimaryKey = PrimaryKey is { } key && key.Columns.All(names.Contains) ? key : null,
            ConstraintKeys = [.. ConstraintKeys.Where(constraint => constraint.Columns.All(column => names.Contains(column.Name)))],
            PartitionKeys = [.. PartitionKeys.Where(names.Contains)],
            Options = Options,
            Comment = Comment,
            CatalogName = CatalogName,
        };
    }

    /// <summary>The same columns and keys under another path.</summary>
    public TableSchema WithPath(TablePath path) => new(path, Columns)
    {
        PrimaryKey = PrimaryKey,
        ConstraintKeys = ConstraintKeys,
        PartitionKeys = PartitionKeys,
        Options = Options,
        Comment = Comment,
        CatalogName = CatalogName,
    };

    /// <summary>Same column names, order and types: what fan-in asks for.</summary>
    public bool HasSameRows(TableSchema other) =>
        Columns.Count == other.Columns.Count
        && Columns.Zip(other.Columns).All(pair => pair.First.Name == pair.Second.Name && pair.First.Type == pair.Second.Type);

    public override string ToString() => $"{TableId}({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"))})";
}
