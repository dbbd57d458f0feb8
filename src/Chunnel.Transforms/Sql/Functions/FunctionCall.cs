using Chunnel.Core;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions;

/// <summary>A call of a function with arguments that fit.</summary>
internal sealed record FunctionCall(CallSyntax Syntax, IReadOnlyList<Node> Arguments, FunctionCalls Calls)
{
    public NodeFactory Nodes => Calls.Nodes;

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
        : Nodes.Literal($"bigint:{missing}", () => Operations.Constants.Of(DataType.BigInt, missing), Syntax);

    /// <summary>The argument, or a text in its place when it is left off.</summary>
    public Node TextOr(int argument, string missing) =>
        argument < Count ? Arguments[argument] : Nodes.Literal($"text:{missing}", () => Operations.Constants.OfText(missing), Syntax);
}
