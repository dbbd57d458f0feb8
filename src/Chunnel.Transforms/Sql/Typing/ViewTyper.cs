using Chunnel.Core;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Finds the arrays that a query explodes (spec transforms.md 4). They are computed before any of them is exploded.</summary>
internal sealed class ViewTyper
{
    private readonly IReadOnlyList<ViewSyntax> _views;
    private readonly List<Node> _lists = [];

    public ViewTyper(IReadOnlyList<ViewSyntax> views, TableSchema table, Typer typer, SqlProblems problems)
    {
        _views = views;
        foreach (var view in views)
        {
            if (typer.Type(view.List) is not { } list) continue;
            if (list.Type.Kind == TypeKind.Array) _lists.Add(list);
            else problems.UnsupportedExpression(view.List.Where, view.List.ToString(), $"It is of type {FunctionCalls.TypeName(list.Type)}: EXPLODE takes an array, as SPLIT and ARRAY give.");
        }
        if (_lists.Count < views.Count) _lists.Clear();
    }

    /// <summary>Views; none when one of them has a mistake.</summary>
    public int Count => _lists.Count;

    /// <summary>The arrays of the views.</summary>
    public IReadOnlyList<Node> Lists => _lists;

    /// <summary>Columns for the arrays, which do not come out themselves.</summary>
    public IEnumerable<ColumnDef> ListColumns => _lists.Select((list, view) => new ColumnDef($"\0view {view}", list.Type));

    /// <summary>Whether a row without elements stays, for each view.</summary>
    public bool[] Outer => [.. _views.Select(view => view.Outer)];

    /// <summary>The view of an alias, or -1.</summary>
    public int IndexOf(string alias) => _views.Take(Count).ToList().FindIndex(view => view.Alias == alias);

    /// <summary>The column of a view's elements.</summary>
    public ColumnDef ElementOf(int view) => new(_views[view].Alias, ((ArrayType)_lists[view].Type).Element);

    public Span WhereOf(int view) => _views[view].Where;
}
