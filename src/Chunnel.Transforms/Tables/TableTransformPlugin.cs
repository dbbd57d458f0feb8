using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Patterns;

namespace Chunnel.Transforms.Tables;

/// <summary>
/// A transform that works on each table by itself. Which tables, and with which settings, says the block (spec transforms.md 2): an element
/// of <c>table_transform</c> for the table (or several, as <c>rule_match_mode</c> says), else the block's own options if the table's path matches, else the table passes as it is.
/// </summary>
public abstract class TableTransformPlugin : TransformPlugin
{
    /// <summary>How the messages about absent options begin.</summary>
    private const string Unconfigured = "There are unconfigured options";

    public static readonly Option<string> TableMatchRegex = Option.Text("table_match_regex").Default(".*")
        .Says("Which tables are transformed: a regular expression that matches the whole path. Other tables pass unchanged.");

    public static readonly Option<IReadOnlyList<SettingsObject>> TableTransform = Option.ObjectList("table_transform")
        .Says("Settings for single tables: each element has table_path and the options that count for this table in place of the block's.");

    public static readonly Option<RuleMatchMode> MatchMode = Option.Enum<RuleMatchMode>("rule_match_mode")
        .Says("What counts when several elements of table_transform name one table: FIRST_MATCH the first of them, ALL_MATCH all in order, each working on what the one before it gives. Unset, that is a mistake.");

    public static readonly Option<string> TablePathOption = Option.Text("table_path").Says("In table_transform: the whole path of the table.");

    /// <summary>The options of the transform itself.</summary>
    protected abstract IReadOnlyList<OptionDescription> OwnOptions { get; }

    /// <summary>Rules between them.</summary>
    protected virtual IReadOnlyList<OptionRule> OwnRules => [];

    public sealed override OptionSet Options => new([.. OwnOptions, TableMatchRegex, TableTransform, MatchMode], [.. OwnRules]);

    public sealed override IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        var problems = new List<Problem>(base.Check(settings));
        if (TableMatchRegex.CheckValue(settings) is null && !JavaPattern.TryParseLinear(Whole(TableMatchRegex.Read(settings)), out _, out var why)) problems.Add(JavaPattern.Refused(TableMatchRegex, settings, why));
        if (TableTransform.CheckValue(settings) is not null || !TableTransform.TryRead(settings, out var elements)) return [.. problems, .. CheckOwn(settings)];
        // With settings for single tables the block's own may be absent: then the other tables pass.
        if (HasOwn(settings)) problems.AddRange(CheckOwn(settings));
        else problems.RemoveAll(problem => problem.What.StartsWith(Unconfigured, StringComparison.Ordinal));
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            problems.AddRange(new OptionSet([TablePathOption.IsRequired(), .. OwnOptions], [.. OwnRules]).Check(element, Name, []));
            problems.AddRange(CheckOwn(element));
            if (TablePathOption.TryRead(element, out var path) && !paths.Add(path) && MatchMode.Find(settings) is null) problems.Add(NamedTwice(path, element));
        }
        return problems;
    }

    public sealed override ValueTask<ITransform> CreateAsync(TransformContext context, CancellationToken stop)
    {
        IReadOnlyList<SettingsObject> elements = TableTransform.TryRead(context.Settings, out var written) ? written : [];
        var takesAll = MatchMode.TryRead(context.Settings, out var mode) && mode == RuleMatchMode.AllMatch;
        if (!JavaPattern.TryParseLinear(Whole(TableMatchRegex.Read(context.Settings)), out var pattern, out _)) throw new BrokenBeliefException("settings are checked before they are used");
        IReadOnlyList<SettingsObject> SettingsOf(TableSchema table)
        {
            var named = elements.Where(element => TablePathOption.TryRead(element, out var path) && path == table.TableId).ToList();
            if (named.Count > 0) return takesAll ? named : [named[0]];
            return elements.Count > 0 && !HasOwn(context.Settings) || !pattern.Regex.IsMatch(table.TableId) ? [] : [context.Settings];
        }

        var transforms = new TableTransforms(table => OneAfterAnother.Make(table, SettingsOf(table), (input, settings) => Create(input, settings, context)), context.Settings.Where);
        transforms.AddAll(context.Tables);
        return ValueTask.FromResult<ITransform>(transforms);
    }

    /// <summary>What else is wrong with one table's settings.</summary>
    protected virtual IEnumerable<Problem> CheckOwn(SettingsObject settings) => [];

    /// <summary>Makes the transform for one table.</summary>
    protected abstract ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context);

    private bool HasOwn(SettingsObject settings) => OwnOptions.Any(option => option.Find(settings) is not null);

    private static Problem NamedTwice(string path, SettingsObject element) =>
        new(CommonErrors.OptionValidateFailed, $"The table '{path}' has more than one element in 'table_transform'.")
        {
            Where = element.Where, Mend = "Say with 'rule_match_mode' whether the first of them counts (FIRST_MATCH) or all in order (ALL_MATCH).",
        };

    private static string Whole(string pattern) => $@"\A(?:{pattern})\z";
}
