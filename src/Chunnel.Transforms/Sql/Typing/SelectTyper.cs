using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Explosions;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>Makes a program of a query over one table.</summary>
internal static class SelectTyper
{
    /// <summary>The program, and what is made of its rows afterwards if the query explodes arrays.</summary>
    /// <exception cref="ProblemsException">The query does not fit the table; it holds all mistakes.</exception>
    public static CompiledSelect Compile(
        SqlSelect select, TableSchema table, SqlFunctionSet functions, SqlProblems problems, Constants constants, Action<ColumnBatch, List<RowError>> onErrors)
    {
        var typer = new Typer(table, select.From, functions, problems, constants) { Elements = [.. select.Views.Select(view => view.Alias)] };
        var views = new ViewTyper(select.Views, typer, problems);
        var items = new ItemTyper(table, typer, views, problems).Type(select.Items);
        var condition = select.Where is null ? null : typer.Condition(select.Where);
        problems.ThrowIfAny();

        var builder = new ProgramBuilder(table);
        var filter = condition is null || IsTrue(condition) ? null : condition.Emit(builder, null);
        var filterSteps = builder.StepCount;
        var computed = items.Where(item => item.Node is not null).ToList();
        var outputs = computed.Select(item => item.Node!).Concat(views.Lists).Select(node => node.Emit(builder, null)).ToList();
        var columns = computed.Select(item => item.Column).Concat(views.ListColumns);
        var program = builder.Build(table.WithColumns([.. columns]), filterSteps, filter, outputs, onErrors);
        var output = views.Views.Count == 0 ? program.Output : table.WithColumns([.. items.Select(item => item.Column)]);
        return new CompiledSelect(program, views.Views.Count == 0 ? null : Explosion.Of(output, items, views.Views))
        {
            Select = select,
            Output = output,
            Items = items,
            Views = views.Views,
            Condition = filter is null ? null : condition,
            Filter = filter,
            Registers = outputs,
            FilterSteps = filterSteps,
            Builder = builder,
        };
    }

    private static bool IsTrue(Node node) => node.Constant is BoolColumn { HasNulls: false } known && Bits.Get(known.Values, 0);
}
