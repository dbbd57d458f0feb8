using Chunnel.Core;
using Chunnel.Plugins;
using Xunit;

namespace Chunnel.TestKit;

/// <summary>What every plug-in promises, whatever its kind.</summary>
internal static class PluginPromises
{
    private const string NoOption = "an.option.that.nobody.has";

    /// <summary>Each option has a key of its own and says in a sentence what it does.</summary>
    public static void OptionsExplainThemselves(PluginDefinition plugin)
    {
        Assert.NotEmpty(plugin.Name);
        Assert.EndsWith(".", plugin.Summary, StringComparison.Ordinal);
        var keys = plugin.Options.Options.SelectMany(option => option.OldKeys.Prepend(option.Key)).ToList();
        Assert.Equal(keys.Distinct(), keys);
        Assert.All(plugin.Options.Options, option =>
        {
            Assert.True(option.Description.Length >= 10 && option.Description.EndsWith('.'), $"'{option.Key}' does not say in a sentence what it does: \"{option.Description}\".");
            Assert.NotEmpty(option.TypeText);
        });
    }

    public static void SettingsAreInOrder(PluginDefinition plugin, SettingsObject settings) =>
        Assert.DoesNotContain(plugin.Check(settings), problem => problem.Severity == Severity.Error);

    /// <summary>An option that the plug-in does not know is a warning with its name, and nothing else.</summary>
    public static void UnknownOptionIsWarned(PluginDefinition plugin, SettingsObject settings)
    {
        var before = plugin.Check(settings);
        var problems = plugin.Check(settings.With(NoOption, new SettingsScalar("1", ScalarKind.Number)));
        var told = Assert.Single(problems, problem => problem.What.Contains(NoOption, StringComparison.Ordinal));
        Assert.Equal(Severity.Warning, told.Severity);
        Assert.Equal(before.Count + 1, problems.Count);
    }
}
