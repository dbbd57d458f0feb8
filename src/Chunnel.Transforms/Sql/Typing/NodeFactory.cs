using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Operations.Logic;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Makes nodes, and computes at once what is the same for all rows.</summary>
internal sealed class NodeFactory(Constants constants)
{
    private static readonly TableSchema NoColumns = new(TablePath.Default, []);

    private readonly Dictionary<string, Column> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<Column, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private int _fresh;

    public ConstantNode Constant(Column one, Syntax syntax) => new(constants.Keep(one), syntax);

    /// <summary>A literal: equal ones are one.</summary>
    public ConstantNode Literal(string name, Func<Column> make, Syntax syntax, string? digits = null) => new(constants.Known(name, make), syntax, digits);

    public ConstantNode Truth(bool value, Syntax syntax) => Literal(value ? "true" : "false", () => Constants.OfBool(value), syntax);

    public ConstantNode Null(DataType type, Syntax syntax) => Literal($"null:{type}", () => type.Kind == TypeKind.Null ? new NullColumn(1) : Nulls.One(type), syntax);

    /// <summary>An operation on arguments; see <see cref="CallNode"/>.</summary>
    public Node Call(string name, DataType type, Syntax syntax, IReadOnlyList<Node> arguments, Func<Emission, Operation> make, bool canFail = false)
    {
        var call = new CallNode(name, type, syntax, arguments, canFail, make);
        return arguments.All(argument => argument.Constant is not null) ? FoldOnce(call, name) : call;
    }

    /// <summary>An operation that gives something else each time, such as a random number: it is neither computed before any row nor done once for two calls.</summary>
    public Node Fresh(string name, DataType type, Syntax syntax, IReadOnlyList<Node> arguments, Func<Emission, Operation> make, bool canFail = false) =>
        new CallNode($"{name}#{_fresh++}", type, syntax, arguments, canFail, make);

    /// <summary>An operation that asks for the time: it is not computed before any row, but all its calls in a query see the same moment.</summary>
    public static Node OfNow(string name, DataType type, Syntax syntax, IReadOnlyList<Node> arguments, Func<Emission, Operation> make) =>
        new CallNode(name, type, syntax, arguments, canFail: false, make);

    public Node Not(Node operand, Syntax syntax) =>
        Call("not", DataType.Boolean, syntax, [operand], made => new Inversion(made.Operands[0]) { Target = made.Target });

    public Node IsNull(Node operand, bool negated, Syntax syntax) =>
        Call(negated ? "is-not-null" : "is-null", DataType.Boolean, syntax, [operand], made => new NullTest(made.Operands[0], !negated) { Target = made.Target });

    public Node Connect(Node left, Node right, bool and, Syntax syntax)
    {
        var node = new ConnectionNode(left, right, and, syntax);
        if (left.Constant is not null && right.Constant is not null) return Fold(node);
        // A side that cannot change the other's truth goes away: WHERE 1 = 1 AND x.
        if (IsTruth(left, and)) return right;
        return IsTruth(right, and) ? left : node;
    }

    public Node Case(IReadOnlyList<(Node When, Node Then)> branches, Node otherwise, DataType type, Syntax syntax)
    {
        const int MostBranches = 200;
        if (branches.Count > MostBranches) otherwise = Case([.. branches.Skip(MostBranches)], otherwise, type, syntax);
        var node = new CaseNode([.. branches.Take(MostBranches)], otherwise, type, syntax);
        return otherwise.Constant is not null && branches.All(branch => branch.When.Constant is not null && branch.Then.Constant is not null) ? Fold(node) : node;
    }

    /// <summary>As <see cref="Fold"/>; of equal operations on the same constants the value is one, so that what is computed of it is one too.</summary>
    private Node FoldOnce(CallNode call, string name)
    {
        var key = $"{name}({string.Join(',', call.Arguments.Select(argument => NumberOf(argument.Constant!)))}):{call.Type}";
        if (_folded.TryGetValue(key, out var known)) return new ConstantNode(known, call.Syntax);
        var node = Fold(call);
        if (node.Constant is { } one) _folded[key] = one;
        return node;
    }

    private int NumberOf(Column constant)
    {
        if (!_numbers.TryGetValue(constant, out var number)) _numbers[constant] = number = _numbers.Count;
        return number;
    }

    /// <summary>The value computed now; the node itself when that fails: then the rows that need it fail.</summary>
    private Node Fold(Node node)
    {
        var builder = new ProgramBuilder(NoColumns);
        return builder.RunOnce(node.Emit(builder, null)) is { } one ? Constant(one, node.Syntax) : node;
    }

    private static bool IsTruth(Node node, bool value) =>
        node.Constant is BoolColumn { HasNulls: false } known && Bits.Get(known.Values, 0) == value;
}
