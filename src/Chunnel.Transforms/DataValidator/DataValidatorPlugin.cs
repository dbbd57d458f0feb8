using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.DataValidator.Checks;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.DataValidator;

/// <summary>Lets rows pass whose values keep rules (spec transforms.md 3.18).</summary>
public sealed class DataValidatorPlugin : TableTransformPlugin
{
    public static readonly Option<InvalidRowWay> Way = Option.Enum<InvalidRowWay>("row_error_handle_way").Default(InvalidRowWay.Fail)
        .Says("What happens to a row that breaks a rule: FAIL ends the job, SKIP leaves the row out, ROUTE_TO_TABLE leaves it out and tells of it in another table.");

    public static readonly Option<string> TableOfErrors = Option.Text("row_error_handle_way.error_table")
        .Must(name => name.Length == 0 ? "'row_error_handle_way.error_table' is empty." : null)
        .Says("With ROUTE_TO_TABLE: the table that tells of rows that break rules. A name alone stands beside the table's own; a path stands where it says. "
            + "Each such row, of whatever kind, gives one inserted row: source_table_id, source_table_path, original_data (the row as JSON), validation_errors (a JSON array of field_name and error_message) and create_time.");

    public static readonly Option<IReadOnlyList<SettingsObject>> FieldRules = Option.ObjectList("field_rules").IsRequired()
        .Must(rules => rules.Count == 0 ? "'field_rules' names no rule." : null)
        .Says("The rules: each element has field_name and either rule_type with its parameters, or rules, a list of such. "
            + "NOT_NULL. RANGE: min_value, max_value, min_inclusive, max_inclusive (true if unset); for numbers, dates and times. "
            + "LENGTH: min_length, max_length, exact_length; characters of strings, bytes of bytes, elements of arrays and maps. "
            + "REGEX: pattern, which matches the whole text, and case_sensitive (true if unset). "
            + "UDF: function_name, EMAIL or a function that a plug-in brings: what says false breaks the rule, and what says a text, which is the reason. "
            + "custom_message is what is said in place of the rule's own words. A null breaks NOT_NULL alone.");

    public override string Name => "DataValidator";

    public override string Summary => "Lets rows pass whose values keep rules; fails, leaves out or tells of others.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Way, TableOfErrors, FieldRules];

    protected override IReadOnlyList<OptionRule> OwnRules => [OptionRule.RequiredWhen(Way, InvalidRowWay.RouteToTable, TableOfErrors)];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        var problems = new List<Problem>();
        if (FieldRules.CheckValue(settings) is null && FieldRules.TryRead(settings, out var rules))
        {
            foreach (var rule in rules) FieldRule.Read(rule, Name, problems);
        }
        if (TableOfErrors.CheckValue(settings) is null && TableOfErrors.TryRead(settings, out var table) && table.Count(sign => sign == '.') > 2)
            problems.Add(new Problem(CommonErrors.OptionValidateFailed, $"The table path '{table}' has more than three parts.") { Where = TableOfErrors.Find(settings)!.Value.Where, Mend = "database.schema.table" });
        return problems;
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var problems = new List<Problem>();
        var rules = FieldRules.Read(settings).SelectMany(rule => FieldRule.Read(rule, Name, [])).ToList();
        foreach (var unknown in rules.Where(rule => table.IndexOf(rule.Field) < 0).DistinctBy(rule => rule.Field))
        {
            var names = table.Columns.Select(column => column.Name).ToList();
            problems.Add(new Problem(TransformErrors.FieldNotFound(unknown.Field, Name), $"Table {table.TableId} has the columns {string.Join(", ", names)}.") { Where = unknown.Where, Mend = Nearest.DidYouMean(unknown.Field, names) });
        }
        var checks = rules.Where(rule => table.IndexOf(rule.Field) >= 0).Select(rule => CheckOf(rule, table, context.SqlFunctions, problems)).OfType<ValueCheck>().ToArray();
        if (problems.Count > 0) throw new ProblemsException(problems);
        var way = Way.Read(settings);
        var errors = new RowErrors(Name, way == InvalidRowWay.Fail ? RowErrorWay.Fail : RowErrorWay.Skip) { Mend = "Correct the row, or leave such rows out with row_error_handle_way = SKIP or ROUTE_TO_TABLE." };
        return new DataValidatorTransform(table, checks, errors, way == InvalidRowWay.RouteToTable ? new ErrorTable(table, TableOfErrors.Read(settings)) : null);
    }

    private ValueCheck? CheckOf(FieldRule rule, TableSchema table, SqlFunctionSet functions, List<Problem> problems)
    {
        var index = table.IndexOf(rule.Field);
        try
        {
            return rule.Type switch
            {
                RuleType.NotNull => new NotNullCheck(rule.Field, index, rule.Message),
                RuleType.Range => new RangeChecks(rule, Name, table.Columns[index], index).Make(),
                RuleType.Length => LengthOf(rule, index),
                RuleType.Regex => PatternOf(rule, index),
                _ => FunctionOf(rule, table.Columns[index], index, functions),
            };
        }
        catch (ProblemsException wrong)
        {
            problems.AddRange(wrong.Problems);
            return null;
        }
    }

    private static LengthCheck LengthOf(FieldRule rule, int index)
    {
        var (min, max, exact) = FieldRule.Lengths(rule.Settings);
        var asked = exact is not null ? $"{exact}" : $"within [{min ?? 0}, {(max is null ? "∞)" : $"{max}]")}";
        return new LengthCheck(rule.Field, index, rule.Message, exact ?? min ?? 0, exact ?? max ?? int.MaxValue, asked);
    }

    private static PatternCheck PatternOf(FieldRule rule, int index)
    {
        var written = FieldRule.Pattern.Read(rule.Settings);
        var flags = FieldRule.CaseSensitive.Read(rule.Settings) ? "" : "(?i)";
        if (!JavaPattern.TryParseLinear($@"{flags}\A(?:{written})\z", out var pattern, out _)) throw new BrokenBeliefException("settings are checked before they are used");
        return new PatternCheck(rule.Field, index, rule.Message, written, pattern.Regex);
    }

    private FunctionCheck FunctionOf(FieldRule rule, ColumnDef column, int index, SqlFunctionSet functions)
    {
        var name = FieldRule.FunctionName.Read(rule.Settings);
        var email = new EmailFunction();
        var where = FieldRule.FunctionName.Find(rule.Settings)!.Value.Where;
        var function = string.Equals(name, email.Name, StringComparison.OrdinalIgnoreCase) ? email : functions.Make(name)
            ?? throw new ProblemsException([new Problem(CommonErrors.OptionValidateFailed, $"There is no function '{name}' to check values with.")
            {
                Where = where, Mend = Nearest.DidYouMean(name, [email.Name, .. functions.Names]) ?? "Built in is EMAIL; plug-ins bring others.",
            }]);
        if (function.ResultType([column.Type]) is { Kind: TypeKind.Boolean or TypeKind.String } result) return new FunctionCheck(rule.Field, index, rule.Message, function, result);
        throw new ProblemsException([new Problem(CommonErrors.UnsupportedType(Name, column.Type.ToString(), column.Name), $"The function {function.Name} gives neither BOOLEAN nor STRING for '{column.Name}', which holds {column.Type}.")
        {
            Where = where, Mend = $"{function.Signature}.",
        }]);
    }
}
