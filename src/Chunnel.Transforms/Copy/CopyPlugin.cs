using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Copy;

/// <summary>Doubles columns under other names (spec transforms.md 3.1).</summary>
public sealed class CopyPlugin : TableTransformPlugin
{
    public static readonly Option<IReadOnlyDictionary<string, string>> Fields = Option.TextMap("fields").Says("New columns and what they are copies of, in order: { new_name = existing_name }.");

    public static readonly Option<string> SourceField = Option.Text("src_field").Says("Older form for one column: what is copied.");

    public static readonly Option<string> TargetField = Option.Text("dest_field").Says("Older form for one column: the new name.");

    public override string Name => "Copy";

    public override string Summary => "Adds columns that are copies of others.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Fields, SourceField, TargetField];

    protected override IReadOnlyList<OptionRule> OwnRules => [OptionRule.Bundled(SourceField, TargetField)];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        if (Fields.Find(settings) is null && SourceField.Find(settings) is null && TargetField.Find(settings) is null)
            yield return new Problem(CommonErrors.OptionValidateFailed, "There are unconfigured options, the options('fields') are required.") { Where = settings.Where };
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var copies = Fields.TryRead(settings, out var fields)
            ? fields.Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value))
            : [new KeyValuePair<string, string>(TargetField.Read(settings), SourceField.Read(settings))];
        return Projections.WithCopies(table, [.. copies], Name, (Fields.Find(settings) ?? SourceField.Find(settings))?.Value.Where ?? settings.Where);
    }
}
