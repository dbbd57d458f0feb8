using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Explosions;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Lineage;

/// <summary>What the columns of a query are made of, read off its typed expressions, and the operations that it became.</summary>
internal static class SelectLineage
{
    public static TableLineage Of(CompiledSelect select, TableSchema input)
    {
        var shown = new ShownSyntax(select.Select);
        // A view drops the rows whose array has no elements, unless it is OUTER.
        var dropping = select.Views.Where(view => !view.Syntax.Outer).ToList();
        List<Node> deciding = [.. dropping.Select(view => RootOf(view, select))];
        if (select.Condition is not null) deciding.Insert(0, select.Condition);
        var conditions = dropping.Select(view => $"{ListOf(view, select, shown)} has elements");
        return new TableLineage
        {
            Input = input.TableId,
            Output = select.Output,
            Columns = [.. select.Items.Select(item => OriginOf(item, select, shown))],
            FilterColumns = [.. ColumnUses.Of(deciding).Select(use => use.Column).Distinct()],
            Filter = deciding.Count == 0 ? null : string.Join(" AND ", select.Condition is null ? conditions : conditions.Prepend(shown.Of(select.Select.Where!))),
            Query = PlanOf(select, input, shown),
        };
    }

    private static ColumnOrigin OriginOf(OutputItem item, CompiledSelect select, ShownSyntax shown) => item.Node switch
    {
        null => new ColumnOrigin { Kind = OriginKind.Computed, Uses = ColumnUses.Of(RootOf(select.Views[item.View], select)), Expression = $"EXPLODE({ListOf(select.Views[item.View], select, shown)})" },
        ColumnNode column => ColumnOrigin.Of(column.Definition.Name, item.Column.Name),
        ConstantNode constant => new ColumnOrigin { Kind = OriginKind.Constant, Expression = shown.Of(constant.Syntax) },
        var node => new ColumnOrigin { Kind = OriginKind.Computed, Uses = ColumnUses.Of(node), Expression = shown.Of(node.Syntax) },
    };

    /// <summary>The computed array that a view comes from, maybe by way of others.</summary>
    private static Node RootOf(ExplodedView view, CompiledSelect select) => view.List ?? RootOf(select.Views[view.Holder], select);

    /// <summary>A view's array as it is written, with what an earlier view explodes in place of that one's name.</summary>
    private static string ListOf(ExplodedView view, CompiledSelect select, ShownSyntax shown) =>
        view.List is { } list ? shown.Of(list.Syntax)
        : string.Join('.', ((NameSyntax)view.Syntax.List).Parts.Skip(1).Prepend($"EXPLODE({ListOf(select.Views[view.Holder], select, shown)})"));

    private static QueryPlan PlanOf(CompiledSelect select, TableSchema input, ShownSyntax shown)
    {
        var steps = select.Builder.Emitted
            .Select((step, index) => new QueryStep(
                $"r{step.Emission.Target}", shown.Hide(NameOf(step.Name)), [.. step.Emission.Operands.Select(operand => TextOf(operand, shown))],
                step.Emission.Type, step.Emission.Guard is { } guard ? TextOf(guard, shown) : null, shown.Of(step.Emission.Where), index < select.FilterSteps))
            .ToList();
        var read = select.Builder.Emitted.SelectMany(step => step.Emission.Operands).Concat(select.Registers).Append(select.Filter)
            .Select(operand => operand?.Register ?? -1).Where(register => register >= 0 && register < input.Columns.Count).Distinct().Order();
        var computed = select.Items.Count(item => item.Node is not null);
        var roots = select.Views.Select(view => view.List).OfType<Node>().ToList();
        var next = 0;
        return new QueryPlan
        {
            Inputs = [.. read.Select(register => new QueryInput($"r{register}", input.Columns[register].Name, input.Columns[register].Type))],
            ColumnsOfTable = input.Columns.Count,
            Steps = steps,
            Keeps = select.Filter is { } filter ? TextOf(filter, shown) : null,
            Outputs = [.. select.Items.Select(item => new QueryOutput(
                item.Column.Name, item.Column.Type, TextOf(select.Registers[item.Node is null ? computed + roots.IndexOf(RootOf(select.Views[item.View], select)) : next++], shown), item.Node is null))],
        };
    }

    /// <summary>Without what only tells operations apart: the number of a call that is never the same, the mark of a comparison that asks nothing of nulls.</summary>
    private static string NameOf(string operation) => operation.Split('#')[0].TrimEnd('?');

    private static string TextOf(Operand operand, ShownSyntax shown)
    {
        if (operand.Constant is not { } one) return operand.Id;
        if (one.IsNull(0)) return "NULL";
        var text = new ByteWriter();
        ValueText.Append(text, one, 0, TextFormat.Console);
        var value = System.Text.Encoding.UTF8.GetString(text.Written);
        return one.Type.Kind == TypeKind.String ? shown.Hide(new TextSyntax(value, default).ToString()) : value;
    }
}
