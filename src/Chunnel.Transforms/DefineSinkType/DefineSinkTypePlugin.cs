using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.DefineSinkType;

/// <summary>Says with which types of their own sinks make columns (spec transforms.md 3.17). No value changes.</summary>
public sealed class DefineSinkTypePlugin : TableTransformPlugin
{
    public static readonly Option<IReadOnlyList<SettingsObject>> Columns = Option.ObjectList("columns").IsRequired()
        .Must(columns => columns.Count == 0 ? "'columns' names no column." : null)
        .Says("The columns, each { column, type }: a sink that makes the table writes the type word for word, say nvarchar2(10). Where the table exists already it is not looked at.");

    private static readonly Option<string> ColumnName = Option.Text("column").IsRequired();

    private static readonly Option<string> TypeName = Option.Text("type").IsRequired().Must(type => string.IsNullOrWhiteSpace(type) ? "'type' is empty." : null);

    public override string Name => "DefineSinkType";

    public override string Summary => "Says with which types of their own sinks make columns.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Columns];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        if (Columns.CheckValue(settings) is not null || !Columns.TryRead(settings, out var elements)) yield break;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            foreach (var problem in new OptionSet([ColumnName, TypeName]).Check(element, Name, [])) yield return problem;
            if (ColumnName.TryRead(element, out var name) && !names.Add(name))
                yield return new Problem(CommonErrors.OptionValidateFailed, $"The column '{name}' has more than one element in 'columns'.") { Where = element.Where, Mend = "Say one type for it." };
        }
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var types = Columns.Read(settings).ToDictionary(ColumnName.Read, TypeName.Read, StringComparer.Ordinal);
        Projections.RequireAll(table, types.Keys, Name, Columns.Find(settings)!.Value.Where);
        var columns = table.Columns.Select(column => types.TryGetValue(column.Name, out var type) ? column with { SinkType = type } : column);
        return new Projection(table.WithColumns([.. columns]), [.. Enumerable.Range(0, table.Columns.Count)]);
    }
}
