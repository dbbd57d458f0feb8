using Chunnel.Core;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>A column that comes out: computed by a node, or the elements of a view.</summary>
internal sealed record OutputItem(ColumnDef Column, Node? Node, int View = -1);

/// <summary>Finds the columns that come out of a query (spec transforms.md 4).</summary>
internal sealed class ItemTyper(TableSchema table, Typer typer, ViewTyper views, SqlProblems problems)
{
    private readonly List<OutputItem> _items = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>All columns, those of the views last unless the select list names them.</summary>
    public IReadOnlyList<OutputItem> Type(IReadOnlyList<SelectItem> items)
    {
        foreach (var item in items)
        {
            if (item.Expression is null) AddAll(item);
            else if (item.Expression is NameSyntax { Parts: [var name] } && table.IndexOf(name) < 0 && views.IndexOf(name) is >= 0 and var view)
                Add(new OutputItem(views.ElementOf(view) with { Name = item.Alias ?? name }, null, view), item.Where);
            else if (typer.Type(item.Expression) is { } node)
            {
                var called = item.Alias ?? NameOf(item.Expression, node);
                Add(new OutputItem(node is ColumnNode plain ? plain.Definition with { Name = called } : new ColumnDef(called, node.Type), node), item.Where);
            }
        }
        for (var view = 0; view < views.Views.Count; view++) PlaceView(view);
        return _items;
    }

    private void AddAll(SelectItem item)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = table.Columns[i];
            Add(new OutputItem(column, new ColumnNode(i, column, new NameSyntax([column.Name], false, item.Where))), item.Where);
        }
    }

    /// <summary>A view named like a column that comes out takes its place; any other comes last.</summary>
    private void PlaceView(int view)
    {
        if (_items.Exists(item => item.View == view)) return;
        var element = views.ElementOf(view);
        var place = _items.FindIndex(item => item.View < 0 && item.Column.Name == element.Name);
        if (place >= 0) _items[place] = new OutputItem(element, null, view);
        else Add(new OutputItem(element, null, view), views.Views[view].Syntax.Where);
    }

    private void Add(OutputItem item, Span where)
    {
        if (!_names.Add(item.Column.Name)) problems.Invalid(where, $"Table {table.TableId} field {item.Column.Name} duplicate", "Give one of the columns another name with AS.");
        _items.Add(item);
    }

    /// <summary>A plain column keeps its name, also behind the table's; anything else is called by its text.</summary>
    private static string NameOf(Syntax expression, Node node) => node is ColumnNode column ? column.Definition.Name : expression.ToString();
}
