using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Functions.Numbers;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions;

/// <summary>A call of a function with arguments that fit.</summary>
internal sealed record FunctionCall(CallSyntax Syntax, IReadOnlyList<Node> Arguments, FunctionCalls Calls)
{
    public NodeFactory Nodes => Calls.Nodes;

    /// <summary>The function as the query calls it, for messages.</summary>
    public string Name => Syntax.Name.ToUpperInvariant();

    public Node this[int argument] => Arguments[argument];

    public int Count => Arguments.Count;

    /// <summary>An operation on all arguments.</summary>
    public Node Operation(string name, DataType type, Func<Emission, Operation> make, bool canFail = false) => Nodes.Call(name, type, Syntax, Arguments, make, canFail);

    /// <summary>An operation on chosen arguments.</summary>
    public Node Operation(string name, DataType type, IReadOnlyList<Node> arguments, Func<Emission, Operation> make, bool canFail = false) =>
        Nodes.Call(name, type, Syntax, arguments, make, canFail);

    /// <summary>The argument, or a whole number in its place when it is left off.</summary>
    public Node IntegerOr(int argument, long missing) =>
        argument < Count ? Calls.Numbers.ToInteger(Arguments[argument], DataType.BigInt)
        : Nodes.Literal($"bigint:{missing}", () => Constants.Of(DataType.BigInt, missing), Syntax);

    /// <summary>A number cut to a whole one.</summary>
    public Node? WholeNumber(int argument)
    {
        var number = Arguments[argument];
        if (number.Type.IsInteger) return Calls.Numbers.ToInteger(number, DataType.BigInt);
        var whole = NumberFunctions.Round(this, number, IntegerOr(Count, 0), RoundingKind.Down);
        return Calls.Casts.Cast(whole, DataType.BigInt, attempt: false, Syntax);
    }

    /// <summary>The argument, or a text in its place when it is left off.</summary>
    public Node TextOr(int argument, string missing) =>
        argument < Count ? Arguments[argument] : Nodes.Literal($"text:{missing}", () => Constants.OfText(missing), Syntax);

    /// <summary>The argument, or a text in its place when it is left off or null.</summary>
    public Node? TextOrNullAs(int argument, string missing)
    {
        var otherwise = TextOr(Count, missing);
        return argument >= Count || Arguments[argument].IsNullConstant ? otherwise
            : Calls.Choose([(Nodes.IsNull(Arguments[argument], negated: true, Syntax), Arguments[argument])], otherwise, Syntax);
    }

    /// <summary>The text of an argument that is the same for all rows; null when it is a null.</summary>
    public string? Word(int argument) =>
        Arguments[argument].Constant is TextColumn { HasNulls: false } one ? Encoding.UTF8.GetString(one[0]) : null;

    /// <summary>A null of the type that the call would have.</summary>
    public Node Null(DataType type) => Nodes.Null(type, Syntax);

    /// <summary>Reports what is wrong with an argument, as a message with the function's name in it.</summary>
    public Node? Refuse(int argument, string what, string? mend = null)
    {
        Calls.Problems.Unsupported(Arguments[argument].Syntax.Where, what, mend);
        return null;
    }
}
