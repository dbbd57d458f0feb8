using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Programs;

/// <summary>
/// Turns expressions into a list of operations over registers. Equal operations on equal operands become one: what a query says twice is
/// computed once.
/// </summary>
internal sealed class ProgramBuilder(TableSchema schema)
{
    private readonly Dictionary<string, Operand> _known = [];
    private readonly Dictionary<int, Operand> _inputs = [];
    private readonly List<Step> _steps = [];
    private readonly List<Operand> _constants = [];
    private int _registers = schema.Columns.Count;

    /// <summary>Operations so far: where a phase of the program ends.</summary>
    public int StepCount => _steps.Count;

    /// <summary>The operations so far, by what they do, for people.</summary>
    public IEnumerable<(string Name, Emission Emission)> Emitted => _steps.Select(step => (step.Name, step.Emission));

    /// <summary>The first registers hold the columns of the batch.</summary>
    public Operand Input(int column)
    {
        if (!_inputs.TryGetValue(column, out var operand)) _inputs[column] = operand = Operand.InRegister(column, schema.Columns[column].Type);
        return operand;
    }

    /// <summary>A constant, told apart from others by its column.</summary>
    public Operand Constant(Column one)
    {
        if (_constants.Find(constant => constant.Constant == one) is { } known) return known;
        var operand = Operand.OfConstant($"c{_constants.Count}", one);
        _constants.Add(operand);
        return operand;
    }

    /// <summary>The result of an operation: an earlier one when it is the same.</summary>
    /// <param name="name">What the operation does, apart from its operands.</param>
    /// <param name="type">The result's type.</param>
    /// <param name="operands">What it reads.</param>
    /// <param name="guard">For an operation that can fail: where it may run.</param>
    /// <param name="where">The expression, for errors.</param>
    /// <param name="make">Makes the operation.</param>
    public Operand Emit(string name, DataType type, IReadOnlyList<Operand> operands, Operand? guard, Syntax where, Func<Emission, Operation> make)
    {
        var id = $"{name}({string.Join(',', operands.Select(operand => operand.Id))}):{type}{(guard is null ? "" : $"@{guard.Id}")}";
        if (_known.TryGetValue(id, out var known)) return known;
        var result = Operand.InRegister(_registers++, type);
        var reads = operands.Append(guard).OfType<Operand>().Where(operand => operand.Register >= 0).Select(operand => operand.Register).Distinct().ToArray();
        var emission = new Emission(result.Register, type, operands, guard, where);
        _steps.Add(new Step(name, emission, make(emission), reads));
        return _known[id] = result;
    }

    /// <summary>The program that first filters, if there is a condition, then makes the outputs.</summary>
    /// <param name="output">The schema of what comes out.</param>
    /// <param name="filterSteps">Operations that belong to the filter.</param>
    /// <param name="condition">What rows must fulfil, or null.</param>
    /// <param name="outputs">One a column.</param>
    /// <param name="onErrors">What to do about rows that failed; it throws to end the job.</param>
    public SqlProgram Build(TableSchema output, int filterSteps, Operand? condition, IReadOnlyList<Operand> outputs, Action<ColumnBatch, List<RowError>> onErrors)
    {
        Join();
        var lastUse = new int[_registers];
        Array.Fill(lastUse, -1);
        for (var step = 0; step < _steps.Count; step++)
        {
            foreach (var register in _steps[step].Reads) lastUse[register] = step;
        }
        if (condition is { Register: >= 0 }) lastUse[condition.Register] = Math.Max(lastUse[condition.Register], filterSteps - 1);
        foreach (var operand in outputs.Where(operand => operand.Register >= 0)) lastUse[operand.Register] = int.MaxValue;
        var runs = new SqlProgram.Step[_steps.Count];
        for (var step = 0; step < runs.Length; step++)
        {
            // What the filter's last step frees stays until the rows are chosen: the condition itself may be among it.
            var dead = Enumerable.Range(0, _registers).Where(register => lastUse[register] == step && !(condition?.Register == register));
            runs[step] = new SqlProgram.Step(_steps[step].Operation, [.. dead]);
        }
        return new SqlProgram(new SqlProgram.Parts
        {
            Output = output,
            Steps = runs,
            FilterSteps = filterSteps,
            Condition = condition,
            Inputs = [.. Enumerable.Range(0, schema.Columns.Count).Where(column => lastUse[column] >= 0 || condition?.Register == column)],
            AfterFilter = [.. Enumerable.Range(0, _registers).Where(register => lastUse[register] >= filterSteps)],
            Outputs = outputs,
            Registers = _registers,
            Constants = _constants,
        }) { OnErrors = onErrors };
    }

    /// <summary>Runs what has been emitted over one row of no columns: the value of a constant expression, held by the caller; null when it fails.</summary>
    public Column? RunOnce(Operand result)
    {
        var frame = new Frame(_registers);
        frame.Begin(1, Constants.Memory);
        try
        {
            foreach (var step in _steps) step.Operation.Run(frame);
            if (frame.Errors.Count > 0) return null;
            var one = result.Of(frame);
            one.Retain();
            return one;
        }
        finally
        {
            frame.ReleaseAll();
            foreach (var constant in _constants) constant.Dispose();
        }
    }

    /// <summary>Operations that can work together do: the first of them does it all.</summary>
    private void Join()
    {
        var first = new List<IJoins>();
        foreach (var step in _steps)
        {
            if (step.Operation is IJoins operation && !first.Exists(each => each.TryJoin(step.Operation))) first.Add(operation);
        }
    }

    private sealed record Step(string Name, Emission Emission, Operation Operation, int[] Reads);
}
