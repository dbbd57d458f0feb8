using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>Gives each batch to the transform of its table.</summary>
internal sealed class TableTransforms(Func<TableSchema, ITableTransform> create) : ITransform
{
    private readonly Dictionary<string, ITableTransform> _byTable = new(StringComparer.Ordinal);
    private readonly List<TableSchema> _outputs = [];
    private TableSchema? _lastTable;
    private ITableTransform? _last;
    private TransformRuntime? _runtime;

    public IReadOnlyList<TableSchema> Tables => _outputs;

    /// <summary>Makes the transforms of all tables that come in; all mistakes of all tables are one answer.</summary>
    /// <exception cref="ProblemsException">Some table does not fit.</exception>
    public void AddAll(IEnumerable<TableSchema> tables)
    {
        var problems = new List<Problem>();
        foreach (var table in tables.DistinctBy(table => table.TableId))
        {
            try
            {
                var transform = create(table);
                _byTable.Add(table.TableId, transform);
                _outputs.Add(transform.Output);
            }
            catch (ProblemsException wrong)
            {
                problems.AddRange(wrong.Problems);
            }
        }
        if (problems.Count == 0) return;
        foreach (var transform in _byTable.Values) transform.Dispose();
        throw new ProblemsException([.. problems.Distinct()]);
    }

    public ValueTask OpenAsync(TransformRuntime runtime, CancellationToken stop)
    {
        _runtime = runtime;
        foreach (var transform in _byTable.Values) transform.Open(runtime);
        return ValueTask.CompletedTask;
    }

    public ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop) => TransformOf(batch).ApplyAsync(batch, output, stop);

    public ValueTask DisposeAsync()
    {
        foreach (var transform in _byTable.Values) transform.Dispose();
        _byTable.Clear();
        return ValueTask.CompletedTask;
    }

    /// <summary>Goes on with the table as it is after the change; those behind hear of it what they can see.</summary>
    /// <exception cref="ProblemsException">The settings do not fit the changed table.</exception>
    public SchemaChange? Map(SchemaChange change)
    {
        if (change.After is not { } after || !_byTable.TryGetValue(change.Table.ToString(), out var old)) return change;
        var before = old.Output;
        var made = Replace(change.Table.ToString(), after);
        return made is PassThrough ? change : SchemaDifference.Between(change, before, made.Output);
    }

    private ITableTransform TransformOf(ColumnBatch batch)
    {
        // Batches of one table share its schema, and most come in a row.
        if (ReferenceEquals(batch.Schema, _lastTable)) return _last!;
        if (!_byTable.TryGetValue(batch.Schema.TableId, out var transform))
        {
            batch.Dispose();
            throw new BrokenBeliefException("a transform only gets batches of the tables that it was made for");
        }
        (_lastTable, _last) = (batch.Schema, transform);
        return transform;
    }

    private ITableTransform Replace(string table, TableSchema schema)
    {
        var made = create(schema);
        if (_runtime is not null) made.Open(_runtime);
        var old = _byTable[table];
        _outputs[_outputs.IndexOf(old.Output)] = made.Output;
        _byTable.Remove(table);
        _byTable[schema.TableId] = made;
        old.Dispose();
        (_lastTable, _last) = (null, null);
        return made;
    }
}
