using Chunnel.Plugins;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Reference;

public class ReferenceTests
{
    private const string Folder = "docs/connectors";

    /// <summary>With CHUNNEL_WRITE_DOCS=1 the pages are written instead of compared: that is what ./build.sh docs does.</summary>
    private static bool Writing => Environment.GetEnvironmentVariable("CHUNNEL_WRITE_DOCS") == "1";

    [Fact]
    public void Every_option_explains_itself() =>
        BuiltPlugins.All.SelectMany(plugin => plugin.Options.Options
                .Where(option => !IsSentence(option.Description))
                .Select(option => $"{plugin.Kind} {plugin.Name}: {option.Key} says '{option.Description}'"))
            .Concat(CommonOptions.OfSources.Concat(CommonOptions.OfTransforms).Concat(CommonOptions.OfSinks)
                .Where(option => !IsSentence(option.Description)).Select(option => option.Key))
            .Concat(BuiltPlugins.All.Where(plugin => !IsSentence(plugin.Summary)).Select(plugin => $"{plugin.Kind} {plugin.Name} says '{plugin.Summary}'"))
            .ShouldBeNone("an option says in a sentence what it does: Says(\"...\")");

    [Fact]
    public void An_option_is_described_once() =>
        BuiltPlugins.All.SelectMany(plugin => plugin.Options.Options
                .SelectMany(option => option.OldKeys.Append(option.Key))
                .GroupBy(key => key).Where(same => same.Count() > 1)
                .Select(same => $"{plugin.Kind} {plugin.Name}: {same.Key}"))
            .ShouldBeNone("two options of one plug-in answer to the same key");

    /// <summary>What could hold a password says so, or it would be shown (S10).</summary>
    [Fact]
    public void What_sounds_like_a_secret_is_one()
    {
        // A number is none: tokens a minute.
        string[] numbers = ["int", "long"];
        string[] sounds = ["password", "secret", "token", "access_key", "passphrase", "private_key", "credential"];
        BuiltPlugins.All.SelectMany(plugin => plugin.Options.Options
                .Where(option => !option.Secret && !numbers.Contains(option.TypeText) && sounds.Any(sound => option.Key.Contains(sound, StringComparison.OrdinalIgnoreCase)))
                .Select(option => $"{plugin.Kind} {plugin.Name}: {option.Key}"))
            .ShouldBeNone("IsSecret()");
    }

    [Fact]
    public void The_pages_are_what_the_descriptions_say()
    {
        var pages = BuiltPlugins.All.GroupBy(plugin => plugin.Name)
            .ToDictionary(same => $"{Folder}/{same.Key}.md", same => ReferencePage.Of([.. same]));
        pages[$"{Folder}/README.md"] = ReferencePage.Index(BuiltPlugins.All);
        pages["docs/sql-functions.md"] = BuiltPlugins.SqlFunctionPage;
        if (Writing)
        {
            Write(pages);
        }

        pages.Where(page => !File.Exists(Repository.FullPath(page.Key)) || Repository.Text(page.Key) != page.Value)
            .Select(page => $"{page.Key} is not what the descriptions say")
            .Concat(Repository.Files.Where(file => file.StartsWith(Folder + "/", StringComparison.Ordinal) && !pages.ContainsKey(file) && File.Exists(Repository.FullPath(file)))
                .Select(file => $"{file} is about no plug-in that is there"))
            .ShouldBeNone("./build.sh docs");
    }

    private static bool IsSentence(string text) => text.Length >= 10 && text.TrimEnd()[^1] is '.' or '!' or '?' or ')';

    private static void Write(Dictionary<string, string> pages)
    {
        var folder = Directory.CreateDirectory(Repository.FullPath(Folder)).FullName;
        foreach (var old in Directory.EnumerateFiles(folder, "*.md"))
        {
            File.Delete(old);
        }
        foreach (var (path, text) in pages)
        {
            File.WriteAllText(Repository.FullPath(path), text);
        }
    }
}
