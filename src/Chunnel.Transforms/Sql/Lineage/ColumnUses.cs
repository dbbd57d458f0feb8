using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Functions;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Lineage;

/// <summary>Which columns an expression is made of, and how.</summary>
internal sealed class ColumnUses
{
    private readonly List<ColumnUse> _uses = [];

    /// <summary>Each column once a way of use. It is hidden when it is wherever it stands.</summary>
    public static IReadOnlyList<ColumnUse> Of(params IEnumerable<Node> nodes)
    {
        var uses = new ColumnUses();
        foreach (var node in nodes) uses.Walk(node, decides: false, hidden: false);
        return [.. uses._uses.GroupBy(use => (use.Column, use.Decides)).Select(group => new ColumnUse(group.Key.Column, group.Key.Decides, group.All(use => use.Hidden)))];
    }

    private void Walk(Node node, bool decides, bool hidden)
    {
        switch (node)
        {
            case ColumnNode column:
                _uses.Add(new ColumnUse(column.Definition.Name, decides, hidden));
                break;
            case CallNode call:
                var hides = call.Syntax is CallSyntax { Name: var name } && SqlFunctions.Find(name) is { Hides: true };
                foreach (var argument in call.Arguments) Walk(argument, decides, hidden || hides);
                break;
            case ConnectionNode connection:
                foreach (var side in connection.Sides) Walk(side, decides, hidden);
                break;
            case CaseNode cases:
                foreach (var value in cases.Values) Walk(value, decides, hidden);
                foreach (var condition in cases.Conditions) Walk(condition, decides: true, hidden);
                break;
            default:
                // A constant is made of no column.
                break;
        }
    }
}
