using Chunnel.Core;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions;

/// <summary>
/// A function, described once: from here come finding it, checking its arguments and its page. To add one, add an entry to one of the lists
/// that <see cref="SqlFunctions"/> puts together.
/// </summary>
internal sealed record SqlFunction
{
    /// <summary>All names, the first for messages. Found in any case.</summary>
    public required string[] Names { get; init; }

    /// <summary>The kinds of the arguments.</summary>
    public required Parameter[] Parameters { get; init; }

    /// <summary>How many of the parameters may be left off at the end.</summary>
    public int Optional { get; init; }

    /// <summary>True when the last parameter may come any number of times.</summary>
    public bool Repeats { get; init; }

    /// <summary>What it does with null arguments.</summary>
    public NullRule Nulls { get; init; } = NullRule.Propagates;

    /// <summary>One sentence.</summary>
    public required string Says { get; init; }

    /// <summary>An expression and its value, which a test computes.</summary>
    public required (string Expression, string Value) Example { get; init; }

    /// <summary>Makes the node of a call whose arguments fit the parameters; null after reporting what does not fit.</summary>
    public required Func<FunctionCall, Node?> Make { get; init; }

    public int Fewest => Parameters.Length - Optional - (Repeats && Optional == 0 && Parameters.Length > 0 && Parameters[^1] == Parameter.Rest ? 1 : 0);
}

/// <summary>What an argument may be.</summary>
internal enum Parameter
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>More of anything, also none.</summary>
    Rest,
}

/// <summary>What a function makes of a null argument.</summary>
internal enum NullRule
{
    /// <summary>A null argument makes the result null.</summary>
    Propagates,

    /// <summary>The function says for itself.</summary>
    Own,
}
