using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.DataValidator.Checks;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.DataValidator;

/// <summary>Lets rows pass that break no rule. Each rule looks at its column once a batch and marks rows; only rows with marks are looked at one by one.</summary>
/// <param name="table">The table.</param>
/// <param name="checks">The rules, in the order of their messages.</param>
/// <param name="errors">What becomes of other rows, unless there is a table for them.</param>
/// <param name="errorTable">The table for them.</param>
internal sealed class DataValidatorTransform(TableSchema table, ValueCheck[] checks, RowErrors errors, ErrorTable? errorTable) : ITableTransform
{
    private static readonly bool[] KeepUnmarked = [true, false];

    private readonly ulong[][] _found = [.. checks.Select(_ => Array.Empty<ulong>())];
    private ulong[] _counted = [];
    private ulong[] _rows = [];
    private ulong[] _any = [];
    private TimeProvider _clock = TimeProvider.System;

    public TableSchema Output => table;

    public IReadOnlyList<TableSchema> SideOutputs => errorTable is null ? [] : [errorTable.Schema];

    public TableLineage LineageOf(TableSchema input) => TableLineage.Same(table) with { Filter = "rows that keep the rules", FilterColumns = CheckedColumns };

    public IReadOnlyList<TableLineage> SideLineageOf(TableSchema input) => errorTable is null ? [] :
    [
        new TableLineage
        {
            Input = table.TableId,
            Output = errorTable.Schema,
            Columns = errorTable.Origins(CheckedColumns),
            Filter = "rows that break a rule",
            FilterColumns = CheckedColumns,
        },
    ];

    public void Open(TransformRuntime runtime)
    {
        errors.Open(runtime);
        _clock = runtime.Clock;
    }

    public async ValueTask ApplyAsync(ColumnBatch batch, ITransformOutput output, CancellationToken stop)
    {
        ColumnBatch? valid;
        ColumnBatch? told = null;
        try
        {
            var invalid = Find(batch);
            if (invalid.Count > 0 && errorTable is null)
            {
                foreach (var row in invalid) errors.Handle(batch, row.Row, "validation failed", row.ToString());
            }
            valid = invalid.Count == 0 ? batch : Without(batch, invalid);
            if (invalid.Count > 0 && errorTable is not null) told = errorTable.Of(batch, invalid, _clock.GetLocalNow());
        }
        catch
        {
            batch.Dispose();
            throw;
        }
        if (!ReferenceEquals(valid, batch)) batch.Dispose();
        try
        {
            if (valid is not null) await output.EmitAsync(valid, stop);
        }
        catch
        {
            told?.Dispose();
            throw;
        }
        if (told is not null) await output.EmitAsync(told, stop);
    }

    public void Dispose()
    {
        // Holds nothing.
    }

    private string[] CheckedColumns => [.. checks.Select(check => check.Field).Distinct()];

    private List<InvalidRow> Find(ColumnBatch batch)
    {
        var words = Bits.Words(batch.Rows);
        if (_any.Length < words) (_counted, _rows, _any) = (new ulong[words], new ulong[words], new ulong[words]);
        var any = _any.AsSpan(0, words);
        any.Clear();
        Count(batch, _counted.AsSpan(0, words));
        for (var i = 0; i < checks.Length; i++) Mark(batch, i, words, any);
        return any.IndexOfAnyExcept(0UL) < 0 ? [] : Told(batch, any);
    }

    private void Mark(ColumnBatch batch, int check, int words, Span<ulong> any)
    {
        if (_found[check].Length < words) _found[check] = new ulong[words];
        var found = _found[check].AsSpan(0, words);
        var rows = _rows.AsSpan(0, words);
        checks[check].Choose(batch, _counted.AsSpan(0, words), rows);
        checks[check].Find(batch, rows, found);
        for (var word = 0; word < words; word++) any[word] |= found[word] &= rows[word];
    }

    private static void Count(ColumnBatch batch, Span<ulong> counted)
    {
        if (!batch.HasSelection)
        {
            Bits.FillOnes(counted, batch.Rows);
            return;
        }
        counted.Clear();
        foreach (var row in batch.Selection) Bits.Set(counted, row);
    }

    private List<InvalidRow> Told(ColumnBatch batch, ReadOnlySpan<ulong> any)
    {
        var invalid = new List<InvalidRow>();
        foreach (var row in new SetBits(any))
        {
            var broken = new List<(string, string)>();
            for (var i = 0; i < checks.Length; i++)
            {
                if (Bits.Get(_found[i], row)) broken.Add((checks[i].Field, checks[i].Message(batch, row)));
            }
            invalid.Add(new InvalidRow(row, broken));
        }
        return invalid;
    }

    private static ColumnBatch? Without(ColumnBatch batch, List<InvalidRow> invalid)
    {
        var marks = new byte[batch.Rows];
        foreach (var row in invalid) marks[row.Row] = 1;
        return RowSelection.Keep(batch, marks, KeepUnmarked);
    }
}
