using Chunnel.Core;
using Chunnel.Transforms.Sql.Explosions;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>
/// Finds the arrays that a query explodes (spec transforms.md 4). Views count from left to right: one that names an earlier one explodes that one's
/// elements, also where a column of the table has the name. All other arrays are computed before any of them is exploded.
/// </summary>
internal sealed class ViewTyper
{
    private readonly SqlProblems _problems;
    private readonly List<ExplodedView?> _found = [];

    public ViewTyper(IReadOnlyList<ViewSyntax> views, Typer typer, SqlProblems problems)
    {
        _problems = problems;
        foreach (var view in views)
        {
            if (view.List is NameSyntax name && views.Take(_found.Count).ToList().FindLastIndex(earlier => earlier.Alias == name.Parts[0]) is >= 0 and var holder) _found.Add(OfElement(view, name, holder));
            else _found.Add(typer.Type(view.List) is { } list && ArrayOf(view, list.Type) is { } array ? new ExplodedView(view, array, list) : null);
        }
        Views = _found.Contains(null) ? [] : [.. _found.OfType<ExplodedView>()];
    }

    /// <summary>The views; none when one of them has a mistake.</summary>
    public IReadOnlyList<ExplodedView> Views { get; }

    /// <summary>The arrays that are computed.</summary>
    public IEnumerable<Node> Lists => Views.Select(view => view.List).OfType<Node>();

    /// <summary>Columns for the computed arrays, which do not come out themselves.</summary>
    public IEnumerable<ColumnDef> ListColumns => Lists.Select((list, at) => new ColumnDef($"\0view {at}", list.Type));

    /// <summary>The view of an alias, or -1.</summary>
    public int IndexOf(string alias) => Views.ToList().FindIndex(view => view.Syntax.Alias == alias);

    /// <summary>The column of a view's elements.</summary>
    public ColumnDef ElementOf(int view) => new(Views[view].Syntax.Alias, Views[view].Type.Element);

    private ExplodedView? OfElement(ViewSyntax view, NameSyntax name, int holder)
    {
        // A mistake in the earlier view is told already.
        if (_found[holder] is not { } held) return null;
        var type = held.Type.Element;
        var fields = new List<int>();
        foreach (var part in name.Parts.Skip(1))
        {
            var known = type is RowType row ? row.Fields.Select(field => field.Name).ToList() : [];
            var field = known.IndexOf(part);
            if (field < 0)
            {
                _problems.Illegal(name.Where, $"can't find field [{name}]", Nearest.DidYouMean(part, known) ?? (known.Count > 0 ? $"Known: {string.Join(", ", known)}." : null));
                return null;
            }
            fields.Add(field);
            type = ((RowType)type).Fields[field].Type;
        }
        return ArrayOf(view, type) is { } array ? new ExplodedView(view, array, null) { Holder = holder, Fields = fields } : null;
    }

    private ArrayType? ArrayOf(ViewSyntax view, DataType type)
    {
        if (type is ArrayType array) return array;
        _problems.UnsupportedExpression(view.List.Where, view.List.ToString(), $"It is of type {FunctionCalls.TypeName(type)}: EXPLODE takes an array, as SPLIT and ARRAY give.");
        return null;
    }
}
