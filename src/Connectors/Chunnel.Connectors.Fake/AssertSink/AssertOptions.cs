using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>The options of Assert (spec connectors.md 5). What stands within <c>rules</c> is read by <see cref="AssertRules"/>.</summary>
internal static class AssertOptions
{
    public static readonly Option<SettingsObject> Rules = Option.Object("rules").IsRequired()
        .Says("What must hold: row_rules, field_rules, catalog_table_rule, table-names, or tables_configs with those of several tables.");

    public static readonly Option<IReadOnlyList<SettingsObject>> TablesConfigs = Option.ObjectList("tables_configs")
        .Says("Rules of several tables, each with its table_path. It may stand within rules as well.");

    public static readonly OptionSet All = new([Rules, TablesConfigs]);
}
