using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Nested;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Typing;

// Columns, and ways into nested ones (spec transforms.md 4, rows "nested access" and "column lookup").
internal sealed partial class Typer
{
    private Node? OfName(NameSyntax name)
    {
        var parts = name.Parts;
        var column = _table.IndexOf(parts[0]);
        if (column < 0 && parts.Count > 1 && parts[0] == _from)
        {
            // t.id is the id of t.
            parts = [.. parts.Skip(1)];
            column = _table.IndexOf(parts[0]);
        }
        if (column >= 0) return OfPath(name, parts, column);
        if (name.Bare && parts.Count == 1 && bool.TryParse(parts[0], out var truth)) return _nodes.Truth(truth, name);
        return NotFound(name, parts[0], _table.Columns.Select(known => known.Name));
    }

    private Node? OfPath(NameSyntax name, IReadOnlyList<string> parts, int column)
    {
        var definition = _table.Columns[column];
        if (definition.Type.Kind == TypeKind.Null) return _nodes.Null(DataType.Null, name);
        Node node = new ColumnNode(column, definition, name);
        for (var i = 1; i < parts.Count; i++)
        {
            if (node.Type is RowType row)
            {
                var field = row.Fields.ToList().FindIndex(known => known.Name == parts[i]);
                if (field < 0) return NotFound(name, parts[i], row.Fields.Select(known => known.Name));
                node = _nodes.Call($"field{field}", row.Fields[field].Type, name, [node], made => new FieldAccess(made.Operands[0], field) { Target = made.Target });
            }
            else if (node.Type is MapType { Key.Kind: TypeKind.String } map)
            {
                if (i < parts.Count - 1)
                {
                    _problems.Illegal(name.Where, "For now, when you query map field with inner query, it must be latest field or latest struct field! Please modify your query!");
                    return null;
                }
                var key = parts[i];
                node = _nodes.Call($"key:{key}", map.Value, name, [node], made => new MapLookup(made.Operands[0], key) { Target = made.Target });
            }
            else
            {
                return NotFound(name, parts[i], []);
            }
        }
        return node;
    }

    private Node? NotFound(NameSyntax name, string part, IEnumerable<string> known)
    {
        var names = known.ToList();
        var mend = Elements.Contains(part) ? "LATERAL VIEW gives it after all else: name it alone in the select list or in a later EXPLODE, or filter behind this transform." : Nearest.DidYouMean(part, names) ?? (names.Count is > 0 and <= 30 ? $"Known: {string.Join(", ", names)}." : null);
        _problems.Illegal(name.Where, $"can't find field [{name}]", mend);
        return null;
    }
}
