using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Cases;
using Chunnel.Transforms.Sql.Operations.Logic;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>An expression whose type is known and whose names are found.</summary>
internal abstract class Node(DataType type, Syntax syntax)
{
    public DataType Type { get; } = type;

    /// <summary>What was written, for messages.</summary>
    public Syntax Syntax { get; } = syntax;

    /// <summary>True when some value can fail it, so that it must not run where it is not asked for.</summary>
    public abstract bool CanFail { get; }

    /// <summary>The value as a column of one row, if it is the same for all rows.</summary>
    public virtual Column? Constant => null;

    public bool IsNullConstant => Constant is { } one && one.IsNull(0);

    /// <summary>Adds the operations that compute it.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="guard">Where it may run if it can fail; null for everywhere.</param>
    public abstract Operand Emit(ProgramBuilder builder, Operand? guard);
}

/// <summary>A column of the table.</summary>
internal sealed class ColumnNode(int column, ColumnDef definition, Syntax syntax) : Node(definition.Type, syntax)
{
    public ColumnDef Definition => definition;

    public override bool CanFail => false;

    public override Operand Emit(ProgramBuilder builder, Operand? guard) => builder.Input(column);
}

/// <summary>A value that is known before any row.</summary>
internal sealed class ConstantNode(Column one, Syntax syntax, string? digits = null) : Node(one.Type, syntax)
{
    public override bool CanFail => false;

    public override Column Constant => one;

    /// <summary>The digits of a number as written: next to an exact number it is exact too.</summary>
    public string? Digits => digits;

    public override Operand Emit(ProgramBuilder builder, Operand? guard) => builder.Constant(one);
}

/// <summary>An operation on some arguments.</summary>
/// <param name="name">Tells the operation apart from others with the same arguments.</param>
/// <param name="type">The result's type.</param>
/// <param name="syntax">What was written.</param>
/// <param name="arguments">What it works on.</param>
/// <param name="canFail">True when a value can fail the operation itself.</param>
/// <param name="make">Makes the operation.</param>
internal sealed class CallNode(string name, DataType type, Syntax syntax, IReadOnlyList<Node> arguments, bool canFail, Func<Emission, Operation> make)
    : Node(type, syntax)
{
    public override bool CanFail { get; } = canFail || arguments.Any(argument => argument.CanFail);

    public IReadOnlyList<Node> Arguments => arguments;

    public override Operand Emit(ProgramBuilder builder, Operand? guard)
    {
        var operands = arguments.Select(argument => argument.Emit(builder, argument.CanFail ? guard : null)).ToArray();
        return builder.Emit(name, Type, operands, canFail ? guard : null, Syntax, make);
    }
}

/// <summary>AND, OR: the right side is not computed for rows that the left decides, where it could fail.</summary>
internal sealed class ConnectionNode(Node left, Node right, bool and, Syntax syntax) : Node(DataType.Boolean, syntax)
{
    public override bool CanFail => left.CanFail || right.CanFail;

    public IReadOnlyList<Node> Sides => [left, right];

    public override Operand Emit(ProgramBuilder builder, Operand? guard)
    {
        var first = left.Emit(builder, left.CanFail ? guard : null);
        var rightGuard = right.CanFail ? Guards.And(builder, guard, Guards.Undecided(builder, first, and, Syntax), Syntax) : null;
        var second = right.Emit(builder, rightGuard);
        return builder.Emit(and ? "and" : "or", Type, [first, second], null, Syntax, made => new Connection(made.Operands[0], made.Operands[1], and) { Target = made.Target });
    }
}

/// <summary>CASE: conditions with values and the value for the rest, all values of one type.</summary>
internal sealed class CaseNode(IReadOnlyList<(Node When, Node Then)> branches, Node otherwise, DataType type, Syntax syntax) : Node(type, syntax)
{
    public override bool CanFail { get; } = otherwise.CanFail || branches.Any(branch => branch.When.CanFail || branch.Then.CanFail);

    public IEnumerable<Node> Conditions => branches.Select(branch => branch.When);

    public IEnumerable<Node> Values => branches.Select(branch => branch.Then).Append(otherwise);

    public override Operand Emit(ProgramBuilder builder, Operand? guard)
    {
        var conditions = new List<Operand>();
        var values = new List<Operand>();
        var open = guard;
        foreach (var (when, then) in branches)
        {
            var condition = when.Emit(builder, when.CanFail ? open : null);
            conditions.Add(condition);
            values.Add(then.Emit(builder, then.CanFail ? Guards.And(builder, open, condition, Syntax) : null));
            if (CanFail) open = Guards.And(builder, open, Guards.NotTrue(builder, condition, Syntax), Syntax);
        }
        values.Add(otherwise.Emit(builder, otherwise.CanFail ? open : null));
        var count = conditions.Count;
        return builder.Emit($"case{count}", Type, [.. conditions, .. values], null, Syntax,
            made => new CaseOperation([.. made.Operands.Take(count)], [.. made.Operands.Skip(count)], made.Type) { Target = made.Target });
    }
}
