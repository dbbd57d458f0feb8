using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Renaming;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.FieldRename;

/// <summary>Gives columns other names, by rules or one by one (spec transforms.md 3.14).</summary>
public sealed class FieldRenamePlugin : TableTransformPlugin
{
    public static readonly Option<IReadOnlyList<SettingsObject>> Specific = Option.ObjectList("specific")
        .Says("Names that no rule counts for: each element has field_name and target_name.");

    private static readonly Option<string> FieldName = Option.Text("field_name").IsRequired();

    private static readonly Option<string> TargetName = Option.Text("target_name").IsRequired();

    public override string Name => "FieldRename";

    public override string Summary => "Gives columns other names, by rules or one by one.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [.. RenamingRules.Options, Specific];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings) => [.. RenamingRules.Check(settings, Name), .. CheckSpecific(settings)];

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var rules = new RenamingRules(settings);
        var specific = Specific.TryRead(settings, out var written)
            ? written.ToDictionary(FieldName.Read, TargetName.Read, StringComparer.Ordinal)
            : [];
        return Projections.Renamed(table, name => specific.TryGetValue(name, out var target) ? target : rules.Rename(name), settings.Where);
    }

    private IEnumerable<Problem> CheckSpecific(SettingsObject settings)
    {
        if (Specific.CheckValue(settings) is not null || !Specific.TryRead(settings, out var elements)) yield break;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            foreach (var problem in new OptionSet([FieldName, TargetName]).Check(element, Name, [])) yield return problem;
            if (FieldName.TryRead(element, out var name) && !names.Add(name))
                yield return new Problem(CommonErrors.OptionValidateFailed, $"The column '{name}' has more than one element in 'specific'.") { Where = element.Where };
        }
    }
}
