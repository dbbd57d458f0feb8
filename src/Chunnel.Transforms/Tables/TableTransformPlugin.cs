using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Tables;

/// <summary>
/// A transform that works on each table by itself. Which tables, and with which settings, says the block (spec transforms.md 2): an element
/// of <c>table_transform</c> for the table, else the block's own options if the table's path matches, else the table passes as it is.
/// </summary>
public abstract class TableTransformPlugin : TransformPlugin
{
    /// <summary>A pattern that takes this long for one table path is a mistake.</summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How the messages about absent options begin.</summary>
    private const string Unconfigured = "There are unconfigured options";

    public static readonly Option<string> TableMatchRegex = Option.Text("table_match_regex").Default(".*").Must(WrongPattern)
        .Says("Which tables are transformed: a regular expression that matches the whole path. Other tables pass unchanged.");

    public static readonly Option<IReadOnlyList<SettingsObject>> TableTransform = Option.ObjectList("table_transform")
        .Says("Settings for single tables: each element has table_path and the options that count for this table in place of the block's.");

    public static readonly Option<string> TablePathOption = Option.Text("table_path").Says("In table_transform: the whole path of the table.");

    /// <summary>The options of the transform itself.</summary>
    protected abstract IReadOnlyList<OptionDescription> OwnOptions { get; }

    /// <summary>Rules between them.</summary>
    protected virtual IReadOnlyList<OptionRule> OwnRules => [];

    public sealed override OptionSet Options => new([.. OwnOptions, TableMatchRegex, TableTransform], [.. OwnRules]);

    public sealed override IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        var problems = new List<Problem>(base.Check(settings));
        if (TableTransform.CheckValue(settings) is not null || !TableTransform.TryRead(settings, out var elements)) return [.. problems, .. CheckOwn(settings)];
        // With settings for single tables the block's own may be absent: then the other tables pass.
        if (HasOwn(settings)) problems.AddRange(CheckOwn(settings));
        else problems.RemoveAll(problem => problem.What.StartsWith(Unconfigured, StringComparison.Ordinal));
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            problems.AddRange(new OptionSet([TablePathOption.IsRequired(), .. OwnOptions], [.. OwnRules]).Check(element, Name, []));
            problems.AddRange(CheckOwn(element));
            if (TablePathOption.TryRead(element, out var path) && !paths.Add(path))
                problems.Add(new Problem(CommonErrors.OptionValidateFailed, $"The table '{path}' has more than one element in 'table_transform'.") { Where = element.Where });
        }
        return problems;
    }

    public sealed override ValueTask<ITransform> CreateAsync(TransformContext context, CancellationToken stop)
    {
        IReadOnlyList<SettingsObject> elements = TableTransform.TryRead(context.Settings, out var written) ? written : [];
        var pattern = new Regex($@"\A(?:{TableMatchRegex.Read(context.Settings)})\z", RegexOptions.CultureInvariant, MatchTimeout);
        SettingsObject? SettingsOf(TableSchema table) =>
            elements.FirstOrDefault(element => TablePathOption.TryRead(element, out var path) && path == table.TableId)
            ?? (elements.Count > 0 && !HasOwn(context.Settings) || !pattern.IsMatch(table.TableId) ? null : context.Settings);

        var transforms = new TableTransforms(table => SettingsOf(table) is { } settings ? Create(table, settings, context) : new PassThrough(table), context.Settings.Where);
        transforms.AddAll(context.Tables);
        return ValueTask.FromResult<ITransform>(transforms);
    }

    /// <summary>What else is wrong with one table's settings.</summary>
    protected virtual IEnumerable<Problem> CheckOwn(SettingsObject settings) => [];

    /// <summary>Makes the transform for one table.</summary>
    protected abstract ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context);

    private bool HasOwn(SettingsObject settings) => OwnOptions.Any(option => option.Find(settings) is not null);

    private static string? WrongPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
            return null;
        }
        catch (ArgumentException wrong)
        {
            return $"The value of 'table_match_regex' is no regular expression: {wrong.Message}";
        }
    }
}
