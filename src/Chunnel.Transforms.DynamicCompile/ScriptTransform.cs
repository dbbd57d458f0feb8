using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>
/// Makes columns with a script, by row or by batch. A row that the script fails on ends the job, is left out or refused; when it fails on a batch, the
/// rows that it fails on are found by halves.
/// </summary>
internal sealed class ScriptTransform(OutputColumns output, RowErrors errors, Script script) : IBatchTransform
{
    private readonly ScriptColumns _columns = new(output, errors, script);

    public TableSchema Output => output.Table;

    public void Open(TransformRuntime runtime) => _columns.Open(runtime);

    public ColumnBatch? Apply(ColumnBatch batch)
    {
        if (script.Fill is null) return _columns.Apply(batch);
        // A script that fills columns sees no rows that do not count.
        using var rows = batch.Compact();
        if (Try(rows.Share(), out var made) is not { } failure) return made;
        var failing = FailingRows<ChunnelException>.Find(rows.Rows, failure, (start, count) =>
        {
            var why = Try(rows.Slice(start, count), out var some);
            some?.Dispose();
            return why;
        });
        if (failing.Count == 0) throw failure;
        return WithoutFailing(rows, failing);
    }

    public void Dispose()
    {
        _columns.Dispose();
        script.Dispose();
    }

    /// <summary>Takes the batch over; what was wrong when the script failed on some row of it.</summary>
    private ChunnelException? Try(ColumnBatch batch, out ColumnBatch? made)
    {
        made = null;
        try
        {
            made = _columns.Apply(batch);
            return null;
        }
        catch (ChunnelException failed) when (failed is { Code: var code, InnerException: { } thrown } && code == DynamicCompileErrors.Failed && PluginFault.IsOfRow(thrown))
        {
            return failed;
        }
    }

    private ColumnBatch? WithoutFailing(ColumnBatch rows, IReadOnlyList<(int Row, ChunnelException Why)> failing)
    {
        var marks = new byte[rows.Rows];
        foreach (var (row, why) in failing)
        {
            errors.Handle(rows, row, ScriptMethods.FillName, script.Said(why.InnerException!), DynamicCompileErrors.Failed, cause: why.InnerException);
            marks[row] = 1;
        }
        return RowSelection.Keep(rows, marks, [true, false]) is { } good ? _columns.Apply(good.Compact()) : null;
    }

    private sealed class ScriptColumns(OutputColumns columns, RowErrors errors, Script script) : ColumnMaker(columns, errors)
    {
        private readonly IReadOnlyList<ColumnDef> _made = columns.Made;

        protected override void Fill(ColumnBatch batch, ColumnBuilder[] to)
        {
            if (script.Fill is { } fill) FillBatch(batch, to, fill);
            else FillRows(batch, to, script.Values!);
        }

        private void FillBatch(ColumnBatch batch, ColumnBuilder[] to, Action<ColumnBatch, ColumnBuilder[]> fill)
        {
            try
            {
                fill(batch, to);
            }
            catch (Exception thrown) when (thrown is not ChunnelException || PluginFault.IsOfRow(thrown))
            {
                var rows = string.Create(CultureInfo.InvariantCulture, $"rows {batch.FirstRow + 1} to {batch.FirstRow + batch.Rows} of table {batch.Schema.TableId}");
                throw new ChunnelException(DynamicCompileErrors.Failed, $"{ScriptMethods.FillName} failed on {rows}: {thrown.GetType().Name}: {thrown.Message}", thrown) { Where = script.PlaceOf(thrown) ?? TextPosition.Nowhere };
            }
        }

        private void FillRows(ColumnBatch batch, ColumnBuilder[] to, Func<RowAccessor, object?[]> values)
        {
            var accessor = new BatchRow(batch);
            var row = 0;
            for (var i = 0; i < batch.Selected; i++)
            {
                for (var next = batch.RowAt(i); row < next; row++) AppendNulls(to, 0, row);
                accessor.Row = row;
                FillRow(batch, accessor, to, row, values);
                row++;
            }
            for (; row < batch.Rows; row++) AppendNulls(to, 0, row);
        }

        private void FillRow(ColumnBatch batch, BatchRow accessor, ColumnBuilder[] to, int row, Func<RowAccessor, object?[]> values)
        {
            var given = ValuesOf(batch, accessor, row, values);
            if (given is null)
            {
                AppendNulls(to, 0, row);
                return;
            }
            for (var i = 0; i < to.Length; i++)
            {
                if (FieldWriter.TryWrite(to[i], row, given[i])) continue;
                AppendNulls(to, i + 1, row);
                Fail(batch, row, $"column '{_made[i].Name}'", $"{ScriptMethods.ValuesName} gave '{given[i]}', which is no {_made[i].Type}", DynamicCompileErrors.Failed);
                return;
            }
        }

        private object?[]? ValuesOf(ColumnBatch batch, BatchRow accessor, int row, Func<RowAccessor, object?[]> values)
        {
            object?[] given;
            try
            {
                given = values(accessor);
            }
            catch (Exception thrown)
            {
                Fail(batch, row, ScriptMethods.ValuesName, script.Said(thrown), DynamicCompileErrors.Failed);
                return null;
            }
            if (given?.Length == _made.Count) return given;
            Fail(batch, row, ScriptMethods.ValuesName, string.Create(CultureInfo.InvariantCulture, $"it gave {given?.Length ?? 0} values for {_made.Count} columns"), DynamicCompileErrors.Failed);
            return null;
        }

        private static void AppendNulls(ColumnBuilder[] to, int from, int row)
        {
            for (var i = from; i < to.Length; i++) to[i].AppendNullAt(row);
        }
    }
}
