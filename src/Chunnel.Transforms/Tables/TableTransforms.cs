using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>Gives each batch to the transform of its table.</summary>
internal sealed class TableTransforms(Func<TableSchema, ITableTransform> create, TextPosition where) : ITransform
{
    private readonly Dictionary<string, ITableTransform> _byTable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TableSchema> _inputs = new(StringComparer.Ordinal);
    private readonly List<TableSchema> _outputs = [];
    private TableSchema? _lastTable;
    private ITableTransform? _last;
    private TransformRuntime? _runtime;

    public IReadOnlyList<TableSchema> Tables => _outputs;

    public IReadOnlyList<TableLineage> Lineage =>
        [.. _byTable.Where(pair => pair.Value is not Dropped).SelectMany(pair => (TableLineage[])[pair.Value.LineageOf(_inputs[pair.Key]), .. pair.Value.SideLineageOf(_inputs[pair.Key])])];

    public int BatchRows => _byTable.Values.Select(transform => transform.BatchRows).Append(ColumnBatch.AimRows).Min();

    /// <summary>Makes the transforms of all tables that come in; all mistakes of all tables are one answer.</summary>
    /// <exception cref="ProblemsException">Some table does not fit.</exception>
    public void AddAll(IEnumerable<TableSchema> tables)
    {
        var problems = new List<Problem>();
        foreach (var table in tables.DistinctBy(table => table.TableId))
        {
            try
            {
                _byTable.Add(table.TableId, Joined(create(table), table));
                _inputs[table.TableId] = table;
            }
            catch (ProblemsException wrong)
            {
                problems.AddRange(wrong.Problems);
            }
        }
        if (problems.Count == 0 && _outputs.Count == 0 && _byTable.Count > 0)
            problems.Add(new Problem(CommonErrors.IllegalArgument, $"None of the tables {string.Join(", ", _byTable.Keys)} is left.") { Where = where, Mend = "Choose patterns that leave a table." });
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
        if (_byTable.Values.Count(other => ReferenceEquals(other.Output, old.Output)) > 1) throw Unfollowable(change, old.Output, "is made of several tables");
        var made = Replace(change.Table.ToString(), after, old, change);
        return (old, made) switch
        {
            (_, Dropped) => null,
            (PassThrough, PassThrough) => change,
            _ => SchemaDifference.Between(change, old, made),
        };
    }

    /// <summary>Tables that come out under one name are one table, if they have the same columns.</summary>
    private ITableTransform Joined(ITableTransform made, TableSchema table)
    {
        if (made is Dropped) return made;
        var known = new Dictionary<TableSchema, TableSchema>(ReferenceEqualityComparer.Instance);
        foreach (var output in (TableSchema[])[made.Output, .. made.SideOutputs])
        {
            var same = _outputs.Find(other => other.TableId == output.TableId);
            if (same is null) _outputs.Add(output);
            else if (same.HasStructureOf(output)) known.Add(output, same);
            else
            {
                made.Dispose();
                throw new ProblemsException([new Problem(CommonErrors.IllegalArgument, $"Table {table.TableId} comes out as {same.TableId}, which has other columns: {output} and {same}.")
                {
                    Where = where, Mend = "Tables that become one have columns of the same names and types, in the same order.",
                }]);
            }
        }
        return known.Count == 0 ? made : new JoinedTable(made, known);
    }

    /// <summary>The tables beside a changed one stay what they are: those behind would not hear of another.</summary>
    private ITableTransform WithKnownSides(ITableTransform made, SchemaChange change)
    {
        var known = new Dictionary<TableSchema, TableSchema>(ReferenceEqualityComparer.Instance);
        foreach (var side in made.SideOutputs)
        {
            if (_outputs.Find(output => output.TableId == side.TableId) is { } same && same.HasStructureOf(side)) known.Add(side, same);
            else
            {
                made.Dispose();
                throw Unfollowable(change, side, "comes out under a new name");
            }
        }
        return known.Count == 0 ? made : new JoinedTable(made, known);
    }

    private ProblemsException Unfollowable(SchemaChange change, TableSchema output, string why) => new(
    [
        new Problem(CommonErrors.UnsupportedOperation, $"Table {change.Table} has changed, but the table {output.TableId} that comes out of it {why}, so the change cannot be passed on.")
        {
            Where = where, Mend = "Stop the job, change all the tables alike and start it again.",
        },
    ]);

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

    private ITableTransform Replace(string table, TableSchema schema, ITableTransform old, SchemaChange change)
    {
        var made = create(schema);
        if (old is Dropped && made is not Dropped)
        {
            made.Dispose();
            throw Unfollowable(change, made.Output, "was left out before");
        }
        if (made is not Dropped && _outputs.Any(output => output.TableId == made.Output.TableId && !ReferenceEquals(output, old.Output)))
        {
            made.Dispose();
            throw Unfollowable(change, made.Output, "is made of another one already");
        }
        var place = _outputs.IndexOf(old.Output);
        if (place >= 0) _outputs.RemoveAt(place);
        if (made is not Dropped) _outputs.Insert(place >= 0 ? place : _outputs.Count, made.Output);
        made = WithKnownSides(made, change);
        if (_runtime is not null) made.Open(_runtime);
        _byTable.Remove(table);
        _byTable[schema.TableId] = made;
        _inputs[schema.TableId] = schema;
        old.Dispose();
        (_lastTable, _last) = (null, null);
        return made;
    }
}
