using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Replace;

/// <summary>Replaces parts of values (spec transforms.md 3.5).</summary>
public sealed class ReplacePlugin : TableTransformPlugin
{
    public static readonly Option<string> Field = Option.Text("replace_field").Says("The column. It keeps its type: what is no string is replaced in its text, and read from it again.");

    public static readonly Option<IReadOnlyList<string>> Fields = Option.TextList("replace_fields").Says("The columns, if they are several.");

    public static readonly Option<string> Pattern = Option.Text("pattern").IsRequired().Must(text => text.Length == 0 ? "The value of 'pattern' is empty." : null)
        .Says("What is replaced: a text, or a regular expression with is_regex.");

    public static readonly Option<string> Replacement = Option.Text("replacement").IsRequired().Says("What stands in its place; with is_regex $1 is the first group, and \\$ the sign.");

    public static readonly Option<bool> IsRegex = Option.Bool("is_regex").Default(false).Says("Whether the pattern is a regular expression.");

    public static readonly Option<bool> ReplaceFirst = Option.Bool("replace_first").Default(false).Says("With is_regex: replaces the first match only.");

    public override string Name => "Replace";

    public override string Summary => "Replaces parts of values, by text or by pattern.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Field, Fields, Pattern, Replacement, IsRegex, ReplaceFirst, RowErrors.Way];

    protected override IReadOnlyList<OptionRule> OwnRules => [OptionRule.Exclusive(Field, Fields)];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        if (new OptionDescription[] { Pattern, Replacement, IsRegex, ReplaceFirst }.Any(option => option.CheckValue(settings) is not null)) yield break;
        if (!IsRegex.Read(settings))
        {
            if (ReplaceFirst.Read(settings))
                yield return new Problem(CommonErrors.OptionValidateFailed, "'replace_first' counts with is_regex = true only: every occurrence is replaced.") { Severity = Severity.Warning, Where = ReplaceFirst.Find(settings)!.Value.Where };
            yield break;
        }
        if (!Pattern.TryRead(settings, out var text)) yield break;
        if (!JavaPattern.TryParseLinear(text, out var pattern, out var why)) yield return JavaPattern.Refused(Pattern, settings, why);
        else if (Replacement.TryRead(settings, out var replacement) && JavaReplacement.TryParse(replacement, pattern, out why) is null)
            yield return new Problem(CommonErrors.OptionValidateFailed, $"The value of 'replacement' is no replacement: {why}") { Where = Replacement.Find(settings)!.Value.Where };
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var names = Field.TryRead(settings, out var one) ? [one] : Fields.Read(settings);
        var where = (Field.Find(settings) ?? Fields.Find(settings))?.Value.Where ?? settings.Where;
        Projections.RequireAll(table, names, Name, where, oneByOne: true);
        RequireTexts(table, names, where);
        var output = new OutputColumns(table, [.. names.Select(name => table.Columns[table.IndexOf(name)])], where)
        {
            Origins = [.. names.Select(name => ColumnOrigin.Computed($"{(IsRegex.Read(settings) ? "REGEX_REPLACE" : "REPLACE")}({name}, '{Pattern.Read(settings)}', '{Replacement.Read(settings)}')", name))],
        };
        var (columns, errors) = (names.Select(table.IndexOf).ToArray(), RowErrors.Of(Name, settings));
        return IsRegex.Read(settings) && JavaPattern.TryParseLinear(Pattern.Read(settings), out var pattern, out _)
            ? new PatternReplaceTransform(output, columns, pattern, JavaReplacement.TryParse(Replacement.Read(settings), pattern, out _)!, ReplaceFirst.Read(settings), errors)
            : new TextReplaceTransform(output, columns, Pattern.Read(settings), Replacement.Read(settings), errors);
    }

    /// <summary>Refuses what has no text that could be read again.</summary>
    private void RequireTexts(TableSchema table, IEnumerable<string> names, TextPosition where)
    {
        var wrong = names.Select(name => table.Columns[table.IndexOf(name)]).Where(column => !HasText(column.Type))
            .Select(column => new Problem(CommonErrors.UnsupportedType(Name, column.Type.ToString(), column.Name), $"The values of column '{column.Name}' of table {table.TableId} have no text to replace in.")
            {
                Where = where,
            }).ToList();
        if (wrong.Count > 0) throw new ProblemsException(wrong);
    }

    private static bool HasText(DataType type) => !type.IsNested && !type.IsVector && type.Kind is not (TypeKind.Bytes or TypeKind.Null);
}
