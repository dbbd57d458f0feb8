using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>A transform that makes columns of each row's values. A row that fails ends the job or is left out, as the settings say.</summary>
internal abstract class ColumnMaker(OutputColumns columns, RowErrors errors) : IBatchTransform
{
    private static readonly bool[] KeepUnmarked = [true, false];

    private readonly HashSet<int> _failed = [];

    public TableSchema Output => columns.Table;

    public TableLineage LineageOf(TableSchema input) => columns.LineageOf(input);

    public virtual void Open(TransformRuntime runtime) => errors.Open(runtime);

    public ColumnBatch? Apply(ColumnBatch batch)
    {
        using (batch)
        {
            _failed.Clear();
            var made = batch.WithColumns(Output, columns.Combine(batch, Make(batch)));
            if (_failed.Count == 0) return made;
            using (made) return WithoutFailed(made);
        }
    }

    public virtual void Dispose()
    {
        // Most hold nothing.
    }

    /// <summary>Fills the columns: text in order, padded over rows that do not count; <see cref="ColumnMaker"/> pads the end.</summary>
    protected abstract void Fill(ColumnBatch batch, ColumnBuilder[] to);

    /// <summary>Goes on to a row: those before it that got no value are null.</summary>
    protected static void At(TextBuilder to, int row)
    {
        while (to.Count < row) to.AppendNull();
    }

    /// <summary>The row cannot be worked on. Whatever its columns hold is left out with it.</summary>
    /// <exception cref="ChunnelException">Rows must not fail.</exception>
    protected void Fail(ColumnBatch batch, int row, string what, string why, ErrorCode? code = null, RowErrorWay? instead = null)
    {
        // One row may fail in several columns, and is told of once.
        if (_failed.Contains(row)) return;
        errors.Handle(batch, row, what, why, code, instead);
        _failed.Add(row);
    }

    private Column[] Make(ColumnBatch batch)
    {
        var builders = new ColumnBuilder[columns.Made.Count];
        var made = new Column[builders.Length];
        try
        {
            for (var i = 0; i < builders.Length; i++) builders[i] = ColumnBuilder.For(columns.Made[i].Type, batch.Memory, batch.Rows);
            Fill(batch, builders);
            for (var i = 0; i < builders.Length; i++)
            {
                if (builders[i] is TextBuilder text) At(text, batch.Rows);
                made[i] = builders[i].Build(batch.Rows);
            }
            return made;
        }
        catch
        {
            foreach (var column in made) column?.Release();
            throw;
        }
        finally
        {
            foreach (var builder in builders) builder?.Dispose();
        }
    }

    private ColumnBatch? WithoutFailed(ColumnBatch batch)
    {
        var marks = new byte[batch.Rows];
        foreach (var row in _failed) marks[row] = 1;
        return RowSelection.Keep(batch, marks, KeepUnmarked);
    }
}
