using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.RegexExtract;

/// <summary>Makes columns of the groups of a pattern (spec transforms.md 3.19).</summary>
public sealed class RegexExtractPlugin : TableTransformPlugin
{
    public static readonly Option<string> SourceField = Option.Text("source_field").IsRequired().Says("The column that the pattern is looked for in.");

    public static readonly Option<string> Pattern = Option.Text("regex_pattern").IsRequired().Says("A regular expression with a group for each output column.");

    public static readonly Option<IReadOnlyList<string>> OutputFields = Option.TextList("output_fields").IsRequired()
        .Must(names => names.Count == 0 ? "'output_fields' names no column." : null).Says("The columns of the groups, in order.");

    public static readonly Option<IReadOnlyList<string>> DefaultValues = Option.TextList("default_values").Says("What the columns hold where the pattern is not found; null if unset.");

    public override string Name => "RegexExtract";

    public override string Summary => "Makes columns of the groups of a pattern.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [SourceField, Pattern, OutputFields, DefaultValues, RowErrors.Way];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        if (OwnOptions.Any(option => option.CheckValue(settings) is not null) || !OutputFields.TryRead(settings, out var fields)) yield break;
        if (DefaultValues.TryRead(settings, out var defaults) && defaults.Count != fields.Count)
            yield return Mismatch(DefaultValues, settings, $"'default_values' has {defaults.Count} values for {fields.Count} output columns.");
        if (!Pattern.TryRead(settings, out var text)) yield break;
        if (!JavaPattern.TryParseLinear(text, out var pattern, out var why)) yield return JavaPattern.Refused(Pattern, settings, why);
        else if (Groups(pattern) is var groups && groups != fields.Count)
            yield return Mismatch(Pattern, settings, $"The pattern has {groups} groups for {fields.Count} output columns.");
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var field = SourceField.Read(settings);
        Projections.RequireAll(table, [field], Name, SourceField.Find(settings)!.Value.Where, oneByOne: true);
        var columns = OutputFields.Read(settings).Select(name => new ColumnDef(name, DataType.String));
        var output = new OutputColumns(table, [.. columns], OutputFields.Find(settings)!.Value.Where)
        {
            Origins = [.. OutputFields.Read(settings).Select((_, group) => ColumnOrigin.Computed($"REGEX_EXTRACT({field}, '{Pattern.Read(settings)}', {group + 1})", field))],
        };
        if (!JavaPattern.TryParseLinear(Pattern.Read(settings), out var pattern, out _)) throw new BrokenBeliefException("settings are checked before they are used");
        return new RegexExtractTransform(output, table.IndexOf(field), pattern.Regex, DefaultValues.TryRead(settings, out var defaults) ? defaults : null, RowErrors.Of(Name, settings));
    }

    private static int Groups(JavaPattern pattern) => pattern.Regex.GetGroupNumbers().Length - 1;

    private static Problem Mismatch(OptionDescription option, SettingsObject settings, string what) =>
        new(CommonErrors.OptionValidateFailed, what) { Where = option.Find(settings)!.Value.Where, Mend = "Name a column, and a default if any, for each group; (?:...) is a group without a number." };
}
