using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Split;

/// <summary>Cuts a column into several (spec transforms.md 3.6).</summary>
public sealed class SplitPlugin : TableTransformPlugin
{
    private const int OutputLength = 200;

    public static readonly Option<string> Separator = Option.Text("separator").IsRequired().Says("What stands between the parts: a regular expression, so | is written \\\\|.");

    public static readonly Option<string> Field = Option.Text("split_field").IsRequired().Says("The column that is cut.");

    public static readonly Option<IReadOnlyList<string>> OutputFields = Option.TextList("output_fields").IsRequired()
        .Must(names => names.Count == 0 ? "'output_fields' names no column." : null)
        .Says("The columns of the parts; the last one holds all that is left.");

    public override string Name => "Split";

    public override string Summary => "Cuts a column into several.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Separator, Field, OutputFields, RowErrors.Way];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        if (Separator.CheckValue(settings) is null && Separator.TryRead(settings, out var text) && !JavaPattern.TryParseLinear(text, out _, out var why))
            yield return JavaPattern.Refused(Separator, settings, why);
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var field = Field.Read(settings);
        Projections.RequireAll(table, [field], Name, Field.Find(settings)!.Value.Where, oneByOne: true);
        var columns = OutputFields.Read(settings).Select(name => new ColumnDef(name, DataType.String) { Length = OutputLength });
        var separator = Separator.Read(settings);
        var output = new OutputColumns(table, [.. columns], OutputFields.Find(settings)!.Value.Where)
        {
            Origins = [.. OutputFields.Read(settings).Select((_, part) => ColumnOrigin.Computed($"SPLIT({field}, '{separator}')[{part}]", field))],
        };
        return new SplitTransform(output, table.IndexOf(field), separator, RowErrors.Of(Name, settings));
    }
}
