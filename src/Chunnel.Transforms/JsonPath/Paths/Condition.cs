using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chunnel.Transforms.JsonPath.Paths;

/// <summary>What a filter asks of a value.</summary>
internal abstract record Condition
{
    public abstract bool Holds(JsonElement item, JsonElement root);
}

internal sealed record Either(Condition Left, Condition Right) : Condition
{
    public override bool Holds(JsonElement item, JsonElement root) => Left.Holds(item, root) || Right.Holds(item, root);
}

internal sealed record Both(Condition Left, Condition Right) : Condition
{
    public override bool Holds(JsonElement item, JsonElement root) => Left.Holds(item, root) && Right.Holds(item, root);
}

internal sealed record Not(Condition Inner) : Condition
{
    public override bool Holds(JsonElement item, JsonElement root) => !Inner.Holds(item, root);
}

/// <summary>The path leads somewhere, be it to a null.</summary>
internal sealed record Exists(PathOperand Path) : Condition
{
    public override bool Holds(JsonElement item, JsonElement root) => Path.Of(item, root).Values.Count > 0;
}

/// <summary>The whole text matches a pattern.</summary>
internal sealed record Matches(Operand Left, Regex Pattern) : Condition
{
    public override bool Holds(JsonElement item, JsonElement root) =>
        Left.Of(item, root) is { IsList: false, Values: [{ ValueKind: JsonValueKind.String or JsonValueKind.Number } one] } && Pattern.IsMatch(one.ValueKind == JsonValueKind.String ? one.GetString()! : one.GetRawText());
}

/// <summary>Two values are compared.</summary>
internal sealed record Compared(Operand Left, Comparison Comparison, Operand Right) : Condition
{
    public override bool Holds(JsonElement item, JsonElement root) => Comparisons.Hold(Left.Of(item, root), Comparison, Right.Of(item, root));
}

/// <summary>A side of a comparison.</summary>
internal abstract record Operand
{
    public abstract Found Of(JsonElement item, JsonElement root);
}

internal sealed record ConstantOperand(JsonElement Value) : Operand
{
    public override Found Of(JsonElement item, JsonElement root) => new([Value], IsList: false);
}

internal sealed record PathOperand(JsonWay Path, bool FromRoot) : Operand
{
    public override Found Of(JsonElement item, JsonElement root)
    {
        var found = new PathWalk(Path, root).From(FromRoot ? root : item, out _);
        return new Found(found ?? [], !Path.IsDefinite);
    }
}

/// <summary>What stands at a side: one value, none, or a list of those that an indefinite path found.</summary>
internal readonly record struct Found(IReadOnlyList<JsonElement> Values, bool IsList);
