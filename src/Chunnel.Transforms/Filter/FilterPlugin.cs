using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Filter;

/// <summary>Keeps or drops columns (spec transforms.md 3.3).</summary>
public sealed class FilterPlugin : TableTransformPlugin
{
    public static readonly Option<IReadOnlyList<string>> IncludeFields = Option.TextList("include_fields").Old("fields").Says("Columns that stay, in the order that they come out in.");

    public static readonly Option<IReadOnlyList<string>> ExcludeFields = Option.TextList("exclude_fields").Says("Columns that go; the others keep their order.");

    public override string Name => "Filter";

    public override string Summary => "Keeps or drops columns.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [IncludeFields, ExcludeFields];

    protected override IReadOnlyList<OptionRule> OwnRules => [OptionRule.Exclusive(IncludeFields, ExcludeFields)];

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context) =>
        IncludeFields.TryRead(settings, out var included)
            ? Projections.Including(table, included, Name, IncludeFields.Find(settings)!.Value.Where)
            : Projections.Excluding(table, ExcludeFields.Read(settings), Name, ExcludeFields.Find(settings)!.Value.Where);
}
