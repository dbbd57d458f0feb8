using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions;

/// <summary>
/// A function, described once: from here come finding it, checking its arguments, its line in error texts and on its page, and the test of
/// its example. To add one, add an entry to the list of its room; <see cref="SqlFunctions"/> puts the lists together.
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

    /// <summary>True when nothing of the arguments can be read in the result: a cipher, a hash.</summary>
    public bool Hides { get; init; }

    /// <summary>The argument that is a key or a password, which nothing shows; -1 for none.</summary>
    public int KeyArgument { get; init; } = -1;

    /// <summary>The result's type in words: a type's name, or how it follows from the arguments.</summary>
    public required string Gives { get; init; }

    /// <summary>One sentence or two.</summary>
    public required string Says { get; init; }

    /// <summary>An expression and its value, which a test computes.</summary>
    public required (string Expression, string Value) Example { get; init; }

    /// <summary>Makes the node of a call whose arguments fit the parameters; null after reporting what does not fit.</summary>
    public required Func<FunctionCall, Node?> Make { get; init; }

    public int Fewest => Parameters.Length - Optional - (Repeats && Optional == 0 && Parameters is [.., Parameter.Rest] ? 1 : 0);

    /// <summary>How it is called and what it gives: <c>LEFT(text, integer) -> STRING</c>.</summary>
    public string Signature
    {
        get
        {
            var words = Parameters.Select((parameter, i) => (i == 0 ? "" : ", ") + parameter.ToWord()).ToArray();
            for (var i = Parameters.Length - Optional; i < words.Length; i++) words[i] = $"[{words[i]}";
            return $"{Names[0]}({string.Concat(words)}{new string(']', Optional)}{(Repeats ? ", ..." : "")}) -> {Gives}";
        }
    }
}

/// <summary>What a function makes of a null argument.</summary>
internal enum NullRule
{
    /// <summary>A null argument makes the result null.</summary>
    Propagates,

    /// <summary>The function says for itself.</summary>
    Own,
}
