using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>What was seen of one pipeline.</summary>
/// <param name="Id">The pipeline.</param>
/// <param name="Steps">The source, each transform, and each sink with what it would get, in the order of the plan.</param>
/// <param name="End">Why no more was read.</param>
/// <param name="Fault">What went wrong on the way; what was seen before it is there.</param>
public sealed record PipelinePreview(int Id, IReadOnlyList<StepPreview> Steps, PreviewEnd End, Problem? Fault);

public enum PreviewEnd
{
    /// <summary>There is more, but it was enough.</summary>
    Enough,

    /// <summary>The source ended.</summary>
    EndOfInput,

    /// <summary>The time was over.</summary>
    TimeOver,

    /// <summary>The source did not even stop when it was told to.</summary>
    Hanging,

    /// <summary>Something failed.</summary>
    Failed,

    /// <summary>A person wanted no more.</summary>
    Stopped,
}

/// <summary>What came out of a step.</summary>
/// <param name="Name"><c>Transform[0]-Sql</c>.</param>
/// <param name="Plugin">The plug-in's name.</param>
/// <param name="Output">The name of what it gives, by which a person may call the step; null for none.</param>
/// <param name="IsSink">It shows what the sink would get; nothing was written.</param>
public sealed record StepPreview(string Name, string Plugin, string? Output, bool IsSink)
{
    private readonly List<TablePreview> _tables = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<TablePreview> Tables => _tables;

    /// <summary>What it did beside giving rows: left some out, changed a table.</summary>
    public IReadOnlyList<string> Notes => _notes;

    internal void Declare(IReadOnlyList<TableSchema> tables) => _tables.AddRange(tables.Select(table => new TablePreview(table)));

    internal void Note(string what) => _notes.Add(what);

    /// <summary>Looks at a batch, which stays its owner's.</summary>
    internal void Look(ColumnBatch batch)
    {
        var table = _tables.FindLast(known => known.Schema.TableId == batch.Schema.TableId);
        // After a change of its columns a table is shown anew.
        if (table is null || !table.Schema.HasStructureOf(batch.Schema)) _tables.Add(table = new TablePreview(batch.Schema));
        table.Look(batch);
    }
}

/// <summary>Rows of one table.</summary>
public sealed class TablePreview(TableSchema schema)
{
    private readonly List<PreviewRow> _rows = [];

    public TableSchema Schema => schema;

    public IReadOnlyList<PreviewRow> Rows => _rows;

    internal void Look(ColumnBatch batch)
    {
        for (var i = 0; i < batch.Selected; i++) _rows.Add(PreviewRow.Of(batch, batch.RowAt(i)));
    }
}
