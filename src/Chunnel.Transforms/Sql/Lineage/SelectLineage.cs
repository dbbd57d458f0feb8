using Chunnel.Core;
using Chunnel.Plugins;
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
        var dropping = select.Lists.Where((_, view) => !select.Select.Views[view].Outer).ToList();
        var deciding = select.Condition is null ? dropping : [select.Condition, .. dropping];
        var conditions = dropping.Select(list => $"{shown.Of(list.Syntax)} has elements");
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
        null => new ColumnOrigin { Kind = OriginKind.Computed, Uses = ColumnUses.Of(select.Lists[item.View]), Expression = $"EXPLODE({shown.Of(select.Lists[item.View].Syntax)})" },
        ColumnNode column => ColumnOrigin.Of(column.Definition.Name, item.Column.Name),
        ConstantNode constant => new ColumnOrigin { Kind = OriginKind.Constant, Expression = shown.Of(constant.Syntax) },
        var node => new ColumnOrigin { Kind = OriginKind.Computed, Uses = ColumnUses.Of(node), Expression = shown.Of(node.Syntax) },
    };

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
        var next = 0;
        return new QueryPlan
        {
            Inputs = [.. read.Select(register => new QueryInput($"r{register}", input.Columns[register].Name, input.Columns[register].Type))],
            ColumnsOfTable = input.Columns.Count,
            Steps = steps,
            Keeps = select.Filter is { } filter ? TextOf(filter, shown) : null,
            Outputs = [.. select.Items.Select(item => new QueryOutput(
                item.Column.Name, item.Column.Type, TextOf(select.Registers[item.Node is null ? computed + item.View : next++], shown), item.Node is null))],
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
