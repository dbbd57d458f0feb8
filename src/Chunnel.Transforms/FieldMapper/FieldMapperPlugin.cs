using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.FieldMapper;

/// <summary>Chooses, orders and renames columns (spec transforms.md 3.2).</summary>
public sealed class FieldMapperPlugin : TableTransformPlugin
{
    public static readonly Option<IReadOnlyDictionary<string, string>> Mapper =
        Option.TextMap("field_mapper").IsRequired().Says("Columns that come out, in order: { input_name = output_name }. Others are dropped.");

    public override string Name => "FieldMapper";

    public override string Summary => "Chooses, orders and renames columns.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Mapper];

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context) =>
        Projections.Mapped(table, [.. Mapper.Read(settings)], Name, Mapper.Find(settings)!.Value.Where);
}
