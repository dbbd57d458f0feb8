using Chunnel.Core;
using System.Globalization;
using System.Text;

namespace Chunnel.Plugins;

/// <summary>The page that a person reads about the plug-ins of one name, written from their descriptions alone.</summary>
public static class ReferencePage
{
    private const string Origin = "<!-- Written by ./build.sh docs from the descriptions of the options. Change those, not this page. -->";

    /// <summary>The page about the source, transform and sink that share a name.</summary>
    public static string Of(IReadOnlyList<PluginDefinition> plugins)
    {
        var page = new StringBuilder();
        page.Append("# ").AppendLine(plugins[0].Name).AppendLine().AppendLine(Origin);
        foreach (var plugin in plugins.OrderBy(plugin => plugin.Kind))
        {
            page.AppendLine().Append("## ").AppendLine(plugin.Kind.ToString());
            page.AppendLine().AppendLine(plugin.Summary);
            AppendOptions(page, plugin.Options.Options);
            AppendRules(page, plugin.Options);
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Options that every {Word(plugin.Kind)} has: [README.md](README.md#{Word(plugin.Kind)}s).");
        }
        return page.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The list of all plug-ins, and the options that all of a kind share.</summary>
    public static string Index(IReadOnlyList<PluginDefinition> plugins)
    {
        var page = new StringBuilder();
        page.AppendLine("# Sources, transforms, sinks").AppendLine().AppendLine(Origin);
        AppendKind(page, plugins, PluginKind.Source, CommonOptions.OfSources);
        AppendKind(page, plugins, PluginKind.Transform, CommonOptions.OfTransforms);
        AppendKind(page, plugins, PluginKind.Sink, CommonOptions.OfSinks);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void AppendKind(StringBuilder page, IReadOnlyList<PluginDefinition> plugins, PluginKind kind, IReadOnlyList<OptionDescription> common)
    {
        page.AppendLine().Append("## ").Append(kind).AppendLine("s").AppendLine();
        page.AppendLine("| Name | What it does |").AppendLine("|---|---|");
        foreach (var plugin in plugins.Where(plugin => plugin.Kind == kind).OrderBy(plugin => plugin.Name, StringComparer.OrdinalIgnoreCase))
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| [{plugin.Name}]({plugin.Name}.md#{Word(kind)}) | {Cell(plugin.Summary)} |");
        }
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Every {Word(kind)} has these options:");
        AppendOptions(page, common);
    }

    private static void AppendOptions(StringBuilder page, IReadOnlyList<OptionDescription> options)
    {
        page.AppendLine();
        if (options.Count == 0)
        {
            page.AppendLine("It has no options of its own.");
            return;
        }
        page.AppendLine("| Option | Type | Default | Meaning |").AppendLine("|---|---|---|---|");
        foreach (var option in options)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{option.Key}` | `{Cell(option.TypeText)}` | {DefaultOf(option)} | {MeaningOf(option)} |");
        }
    }

    private static void AppendRules(StringBuilder page, OptionSet options)
    {
        if (options.Rules.Count + options.FreePrefixes.Count == 0) return;
        page.AppendLine();
        foreach (var rule in options.Rules) page.Append("- ").AppendLine(rule.Meaning);
        foreach (var prefix in options.FreePrefixes) page.AppendLine(CultureInfo.InvariantCulture, $"- Keys that begin with `{prefix}` are passed on as they are.");
    }

    private static string DefaultOf(OptionDescription option) => option switch
    {
        { Required: true } => "**required**",
        { DefaultText: null } => "",
        { DefaultText: "" } => "`\"\"`",
        { DefaultText: var text } => $"`{Visible(text)}`",
    };

    private static string MeaningOf(OptionDescription option)
    {
        var meaning = new StringBuilder(Cell(option.Description));
        if (option.Choices.Count > 0) meaning.Append(" One of ").AppendJoin(", ", option.Choices.Select(choice => $"`{choice}`")).Append('.');
        if (option.OldKeys.Count > 0) meaning.Append(" Formerly ").AppendJoin(", ", option.OldKeys.Select(old => $"`{old}`")).Append('.');
        if (option.Secret) meaning.Append(" Secret: never shown.");
        return meaning.ToString();
    }

    private static string Word(PluginKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Text that stays inside its cell of a table.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    /// <summary>Control characters as a job file would write them.</summary>
    private static string Visible(string text) => string.Concat(text.Select(letter => letter switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '|' => "\\|",
        _ when char.IsControl(letter) => $"\\u{(int)letter:x4}",
        _ => letter.ToString(),
    }));
}
