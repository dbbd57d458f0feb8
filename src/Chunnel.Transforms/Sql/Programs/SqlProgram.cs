using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;

namespace Chunnel.Transforms.Sql.Programs;

/// <summary>
/// A query made ready: operations over registers, first those of WHERE, then those of the select list. It runs over one batch at a time.
/// The filter marks rows by a selection; when it leaves less than a quarter, the few are taken out first and all later work is on them alone.
/// </summary>
internal sealed class SqlProgram : IDisposable
{
    /// <summary>Below one row in so many, taking the rows out is cheaper than computing and carrying the others.</summary>
    private const int DenseShare = 4;

    private readonly Parts _parts;
    private readonly Frame _frame;
    private int[] _rows = [];

    internal SqlProgram(Parts parts)
    {
        _parts = parts;
        _frame = new Frame(parts.Registers);
    }

    /// <summary>What to do about rows that failed; the batch and the failures. It throws to end the job.</summary>
    public Action<ColumnBatch, List<RowError>> OnErrors { get; init; } = (_, _) => { };

    /// <summary>What time it is for functions that ask.</summary>
    public TimeProvider Clock
    {
        set => _frame.Clock = value;
    }

    /// <summary>The schema of what comes out.</summary>
    public TableSchema Output => _parts.Output;

    /// <summary>Number of operations, for tests and plans.</summary>
    public int StepCount => _parts.Steps.Length;

    /// <summary>Takes the batch over and returns what comes out of it, or null when no row is left.</summary>
    public ColumnBatch? Run(ColumnBatch input)
    {
        using (input)
        {
            try
            {
                return Apply(input);
            }
            finally
            {
                _frame.ReleaseAll();
            }
        }
    }

    public void Dispose()
    {
        foreach (var constant in _parts.Constants) constant.Dispose();
    }

    private ColumnBatch? Apply(ColumnBatch input)
    {
        _frame.Begin(input);
        foreach (var column in _parts.Inputs)
        {
            input[column].Retain();
            _frame.Set(column, input[column]);
        }
        RunSteps(0, _parts.FilterSteps);
        var selected = Filter(input);
        if (selected == 0) return null;
        var compact = selected < input.Rows / DenseShare;
        if (compact) TakeOutRows(selected);
        RunSteps(_parts.FilterSteps, _parts.Steps.Length);
        if (_frame.Errors.Count > 0)
        {
            if (compact) NameOriginalRows();
            OnErrors(input, _frame.Errors);
            selected = _frame.CountActive();
            if (selected == 0) return null;
        }
        return MakeOutput(input, selected, compact);
    }

    private void RunSteps(int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            _parts.Steps[step].Operation.Run(_frame);
            foreach (var dead in _parts.Steps[step].Dead) _frame.Release(dead);
        }
    }

    private int Filter(ColumnBatch input)
    {
        if (_frame.Errors.Count > 0)
        {
            OnErrors(input, _frame.Errors);
            _frame.Errors.Clear();
        }
        if (_parts.Condition is not { } condition) return _frame.CountActive();
        var selected = _frame.Keep((BoolColumn)condition.Of(_frame));
        if (condition.Register >= 0 && !_parts.AfterFilter.Contains(condition.Register)) _frame.Release(condition.Register);
        return selected;
    }

    private void TakeOutRows(int selected)
    {
        if (_rows.Length < selected) _rows = new int[Math.Max(selected, ColumnBatch.AimRows / DenseShare)];
        SelectKernels.Select(_frame.Active, _rows.AsSpan(0, selected));
        foreach (var register in _parts.AfterFilter)
        {
            if (!_frame.Has(register)) continue;
            var few = _frame[register].Take(_rows.AsSpan(0, selected), _frame.Memory);
            _frame.Release(register);
            _frame.Set(register, few);
        }
        _frame.Narrow(selected);
    }

    private void NameOriginalRows()
    {
        for (var i = 0; i < _frame.Errors.Count; i++) _frame.Errors[i] = _frame.Errors[i] with { Row = _rows[_frame.Errors[i].Row] };
    }

    private ColumnBatch MakeOutput(ColumnBatch input, int selected, bool compact)
    {
        var columns = new Column[_parts.Outputs.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = _parts.Outputs[i].Of(_frame);
            columns[i].Retain();
        }
        if (!compact && selected == input.Selected) return input.WithColumns(_parts.Output, columns);
        var selection = selected == _frame.Rows ? default : WriteSelection(selected);
        var kinds = compact ? TakeKinds(input) : ShareKinds(input);
        return new ColumnBatch(_parts.Output, _frame.Rows, columns, selection, selected, kinds, input.Memory) { FirstRow = input.FirstRow };
    }

    private ColumnBuffer WriteSelection(int selected)
    {
        var selection = ColumnBuffer.Rent<ushort>(_frame.Memory, selected);
        SelectKernels.Select(_frame.Active, selection.As<ushort>());
        return selection;
    }

    private static ColumnBuffer ShareKinds(ColumnBatch input)
    {
        input.KindsBuffer.Block?.Retain();
        return input.KindsBuffer;
    }

    private ColumnBuffer TakeKinds(ColumnBatch input)
    {
        if (input.KindsBuffer.IsEmpty) return default;
        var taken = ColumnBuffer.Rent<byte>(_frame.Memory, _frame.Rows);
        var from = input.Kinds;
        var to = taken.As<byte>();
        for (var row = 0; row < to.Length; row++) to[row] = from[_rows[row]];
        return taken;
    }

    /// <summary>An operation and the registers that nobody reads after it.</summary>
    internal sealed record Step(Operation Operation, int[] Dead);

    /// <summary>What a builder puts together.</summary>
    internal sealed record Parts
    {
        public required TableSchema Output { get; init; }

        public required Step[] Steps { get; init; }

        public required int FilterSteps { get; init; }

        public required Operand? Condition { get; init; }

        /// <summary>Columns of the batch that some operation or output reads.</summary>
        public required int[] Inputs { get; init; }

        /// <summary>Registers that the select list reads.</summary>
        public required int[] AfterFilter { get; init; }

        public required IReadOnlyList<Operand> Outputs { get; init; }

        public required int Registers { get; init; }

        public required IReadOnlyList<Operand> Constants { get; init; }
    }
}
