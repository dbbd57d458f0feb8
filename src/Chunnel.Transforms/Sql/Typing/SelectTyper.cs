using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Makes a program of a query over one table.</summary>
internal static class SelectTyper
{
    /// <summary>The program and its constants.</summary>
    /// <exception cref="ProblemsException">The query does not fit the table; it holds all mistakes.</exception>
    public static SqlProgram Compile(SqlSelect select, TableSchema table, SqlProblems problems, Constants constants, Action<ColumnBatch, List<RowError>> onErrors)
    {
        var typer = new Typer(table, select.From, problems, constants);
        var (columns, nodes) = TypeItems(select, table, typer, problems);
        var condition = select.Where is null ? null : typer.Condition(select.Where);
        problems.ThrowIfAny();

        var builder = new ProgramBuilder(table);
        var filter = condition is null || IsTrue(condition) ? null : condition.Emit(builder, null);
        var filterSteps = builder.StepCount;
        var outputs = nodes.Select(node => node.Emit(builder, null)).ToList();
        return builder.Build(table.WithColumns(columns), filterSteps, filter, outputs, onErrors);
    }

    private static (List<ColumnDef> Columns, List<Node> Nodes) TypeItems(SqlSelect select, TableSchema table, Typer typer, SqlProblems problems)
    {
        var columns = new List<ColumnDef>();
        var nodes = new List<Node>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in select.Items)
        {
            if (item.Expression is null)
            {
                for (var i = 0; i < table.Columns.Count; i++) Add(table.Columns[i], new ColumnNode(i, table.Columns[i], new NameSyntax([table.Columns[i].Name], false, item.Where)), item);
            }
            else if (typer.Type(item.Expression) is { } node)
            {
                var name = item.Alias ?? NameOf(item.Expression, node);
                Add(node is ColumnNode plain ? plain.Definition with { Name = name } : new ColumnDef(name, node.Type), node, item);
            }
        }
        return (columns, nodes);

        void Add(ColumnDef column, Node node, SelectItem item)
        {
            if (!names.Add(column.Name)) problems.Invalid(item.Where, $"Table {table.TableId} field {column.Name} duplicate", "Give one of the columns another name with AS.");
            columns.Add(column);
            nodes.Add(node);
        }
    }

    /// <summary>A plain column keeps its name, also behind the table's; anything else is called by its text.</summary>
    private static string NameOf(Syntax expression, Node node) => node is ColumnNode column ? column.Definition.Name : expression.ToString();

    private static bool IsTrue(Node node) => node.Constant is BoolColumn { HasNulls: false } known && Bits.Get(known.Values, 0);
}
