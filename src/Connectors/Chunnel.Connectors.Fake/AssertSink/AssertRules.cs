using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>All rules of an Assert block.</summary>
internal sealed record AssertRules
{
    /// <summary>Rules of whatever table comes; null when tables have their own.</summary>
    public required TableRules? OfAny { get; init; }

    public required IReadOnlyDictionary<string, TableRules> ByTable { get; init; }

    /// <summary>The paths of the tables that must come, no more and no less; empty when that is not asked.</summary>
    public required IReadOnlyList<string> TableNames { get; init; }

    public TableRules Of(string table) => OfAny ?? ByTable.GetValueOrDefault(table) ?? TableRules.None;

    /// <exception cref="ChunnelException">There are no rules, or one is not understood.</exception>
    public static AssertRules Read(SettingsObject settings)
    {
        var rules = AssertOptions.Rules.Read(settings);
        var byTable = new Dictionary<string, TableRules>(StringComparer.Ordinal);
        if ((rules.Find("tables_configs") ?? AssertOptions.TablesConfigs.Find(settings)) is { } configs)
        {
            foreach (var config in SettingsConvert.ToObjectList("tables_configs", configs.Value))
            {
                var path = config.Find("table_path") ?? throw RuleReading.Wrong(config, "A rule in 'tables_configs' has no table_path.", "Add table_path = \"database.table\".");
                byTable[SettingsConvert.ToText(path.Value)] = TableRules.Read(config);
            }
        }
        var any = TableRules.Read(rules);
        var names = rules.Find("table-names") is { } found ? SettingsConvert.ToTextList("table-names", found.Value) : [];
        if (any == TableRules.None && byTable.Count == 0 && names.Count == 0)
        {
            throw RuleReading.Wrong(rules, "Assert rule config is empty, please add rule config.", "Known: row_rules, field_rules, catalog_table_rule, table-names, tables_configs.");
        }
        return new AssertRules { OfAny = byTable.Count == 0 ? any : null, ByTable = byTable, TableNames = names };
    }
}

/// <summary>The rules of one table.</summary>
internal sealed record TableRules(IReadOnlyList<ValueRule> Rows, IReadOnlyList<FieldRule> Fields, TableRule? Table)
{
    public static readonly TableRules None = new([], [], null);

    public static TableRules Read(SettingsObject settings)
    {
        IReadOnlyList<ValueRule> rows = settings.Find("row_rules") is { } rowRules
            ? [.. SettingsConvert.ToObjectList("row_rules", rowRules.Value).Select(ValueRule.ReadRowRule)]
            : [];
        IReadOnlyList<FieldRule> fields = settings.Find("field_rules") is { } fieldRules
            ? [.. SettingsConvert.ToObjectList("field_rules", fieldRules.Value).Select(FieldRule.Read)]
            : [];
        var table = settings.Find("catalog_table_rule") is { } tableRule ? TableRule.Read(SettingsConvert.ToObject("catalog_table_rule", tableRule.Value)) : null;
        return rows.Count == 0 && fields.Count == 0 && table is null ? None : new TableRules(rows, fields, table);
    }
}

/// <summary>Errors of rules that are not understood.</summary>
internal static class RuleReading
{
    public static ChunnelException Wrong(SettingsNode at, string what, string mend) =>
        new(CommonErrors.OptionValidateFailed, what) { Where = at.Where, Mend = mend };

    public static string Text(SettingsObject settings, string key, string of) =>
        settings.Find(key) is { } entry ? SettingsConvert.ToText(entry.Value) : throw Wrong(settings, $"A rule in '{of}' has no {key}.", $"Add {key} = ....");
}
