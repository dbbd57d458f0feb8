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

    public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        if (TransformOf(batch).Apply(batch) is { } result) await output.EmitAsync(result, stop);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var transform in _byTable.Values) transform.Dispose();
        _byTable.Clear();
        return ValueTask.CompletedTask;
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
}
