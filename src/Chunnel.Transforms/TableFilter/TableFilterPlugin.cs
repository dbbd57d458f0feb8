using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.TableFilter;

/// <summary>What becomes of the tables that match.</summary>
public enum PatternMode
{
    /// <summary>They stay, others go.</summary>
    Include,

    /// <summary>They go, others stay.</summary>
    Exclude,
}

/// <summary>Keeps or drops whole tables (spec transforms.md 3.16).</summary>
public sealed class TableFilterPlugin : TableTransformPlugin
{
    public static readonly Option<string> DatabasePattern = Option.Text("database_pattern").Says("A regular expression that matches the whole name of the database; unset, any.");

    public static readonly Option<string> SchemaPattern = Option.Text("schema_pattern").Says("A regular expression that matches the whole name of the schema; unset, any.");

    public static readonly Option<string> TablePattern = Option.Text("table_pattern").Says("A regular expression that matches the whole name of the table; unset, any.");

    public static readonly Option<PatternMode> Mode = Option.Enum<PatternMode>("pattern_mode").Default(PatternMode.Include).Says("INCLUDE keeps the tables that match all patterns, EXCLUDE drops them.");

    public override string Name => "TableFilter";

    public override string Summary => "Keeps or drops whole tables.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [DatabasePattern, SchemaPattern, TablePattern, Mode];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        foreach (var option in new[] { DatabasePattern, SchemaPattern, TablePattern })
        {
            if (option.CheckValue(settings) is null && option.TryRead(settings, out var text) && !JavaPattern.TryParseLinear(Whole(text), out _, out var why))
                yield return JavaPattern.Refused(option, settings, why);
        }
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var matches = Matches(DatabasePattern, settings, table.Path.Database) && Matches(SchemaPattern, settings, table.Path.Schema) && Matches(TablePattern, settings, table.Path.Table);
        return matches == (Mode.Read(settings) == PatternMode.Include) ? new PassThrough(table) : new Dropped(table);
    }

    private static bool Matches(Option<string> option, SettingsObject settings, string? name) =>
        !option.TryRead(settings, out var text) || JavaPattern.TryParseLinear(Whole(text), out var pattern, out _) && pattern.Regex.IsMatch(name ?? "");

    private static string Whole(string pattern) => $@"\A(?:{pattern})\z";
}
