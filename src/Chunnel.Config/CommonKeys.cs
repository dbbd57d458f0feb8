namespace Chunnel.Config;

/// <summary>The keys of options that every plug-in has (spec config.md 5), with their old spellings.</summary>
internal static class CommonKeys
{
    public const string PluginOutput = "plugin_output";
    public const string PluginInput = "plugin_input";
    public const string Parallelism = "parallelism";

    /// <summary>Old spelling to new.</summary>
    public static readonly IReadOnlyDictionary<string, string> OldNames = new Dictionary<string, string>
    {
        ["result_table_name"] = PluginOutput,
        ["source_table_name"] = PluginInput,
    };
}
