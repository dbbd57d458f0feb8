using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Renaming;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.TableRename;

/// <summary>Gives tables other names; database and schema stay (spec transforms.md 3.13).</summary>
public sealed class TableRenamePlugin : TableTransformPlugin
{
    public override string Name => "TableRename";

    public override string Summary => "Gives tables other names.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => RenamingRules.Options;

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings) => RenamingRules.Check(settings, Name);

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context) =>
        Projections.Moved(table, table.Path with { Table = new RenamingRules(settings).Rename(table.Path.Table) });
}
