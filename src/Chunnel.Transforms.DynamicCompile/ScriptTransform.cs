using System.Globalization;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>Makes columns with a script, by row or by batch. A row that the script fails on ends the job or is left out; a batch ends it.</summary>
internal sealed class ScriptTransform(OutputColumns output, RowErrors errors, Script script) : IBatchTransform
{
    private readonly ScriptColumns _columns = new(output, errors, script);

    public TableSchema Output => output.Table;

    public void Open(TransformRuntime runtime) => _columns.Open(runtime);

    // A script that fills columns sees no rows that do not count.
    public ColumnBatch? Apply(ColumnBatch batch) => _columns.Apply(script.Fill is null ? batch : batch.Compact());

    public void Dispose()
    {
        _columns.Dispose();
        script.Dispose();
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
            catch (Exception thrown)
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
                var place = script.PlaceOf(thrown) is { } at ? $" at {at}" : "";
                Fail(batch, row, ScriptMethods.ValuesName, $"{thrown.GetType().Name}{place}: {thrown.Message}", DynamicCompileErrors.Failed);
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
