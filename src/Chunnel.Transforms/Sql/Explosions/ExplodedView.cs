using Chunnel.Core;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Explosions;

/// <summary>An array that a query explodes: one that it computes, or one within the elements of an earlier view.</summary>
/// <param name="Syntax">What was written.</param>
/// <param name="Type">The array's type.</param>
/// <param name="List">What computes it; null when it lies in an element.</param>
internal sealed record ExplodedView(ViewSyntax Syntax, ArrayType Type, Node? List)
{
    /// <summary>The view whose elements hold the array, or -1.</summary>
    public int Holder { get; init; } = -1;

    /// <summary>The way from the holder's element to the array, when the element is a row.</summary>
    public IReadOnlyList<int> Fields { get; init; } = [];
}
