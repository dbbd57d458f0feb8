namespace Chunnel.Transforms.JsonPath.Paths;

/// <summary>One step of a path.</summary>
/// <param name="Selector">What is taken of a value.</param>
/// <param name="IsDeep">Whether of all values within it too: the two dots.</param>
internal sealed record PathStep(Selector Selector, bool IsDeep)
{
    /// <summary>True when at most one value is taken, and it is known where it stands.</summary>
    public bool IsDefinite(bool isLast) => !IsDeep && Selector switch
    {
        Members members => members.Names.Count == 1 || isLast,
        Elements elements => elements.Numbers.Count == 1,
        PathFunction => true,
        _ => false,
    };
}

/// <summary>What is taken of a value.</summary>
internal abstract record Selector;

/// <summary>Members of an object by name. Several at the end of a path are one object with them.</summary>
internal sealed record Members(IReadOnlyList<string> Names) : Selector;

/// <summary>Elements of an array; negative numbers count from its end.</summary>
internal sealed record Elements(IReadOnlyList<int> Numbers) : Selector;

/// <summary>Elements of an array from one number up to before another; null is its start, or its end.</summary>
internal sealed record Slice(int? From, int? To) : Selector;

/// <summary>All elements of an array, or all members of an object.</summary>
internal sealed record Every : Selector;

/// <summary>The elements of an array for which a condition holds; of an object, the object itself.</summary>
internal sealed record Where(Condition Condition) : Selector;

/// <summary>What is computed of the value, at the end of a path.</summary>
internal sealed record PathFunction(string Name) : Selector;
