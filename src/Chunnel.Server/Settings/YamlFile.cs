using Chunnel.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Chunnel.Server;

/// <summary>A settings file as a tree that knows the place of every key.</summary>
internal static class YamlFile
{
    /// <summary>Reads the text below <paramref name="root"/>, e.g. <c>seatunnel.engine</c>. An empty file is an empty section.</summary>
    /// <param name="name">The file, for places.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="root">The keys that all others stand under, with dots.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static YamlSection Read(string name, string text, string root, List<Problem> problems)
    {
        var source = new SourceText(name, text);
        var section = new YamlSection("", Parse(source, problems), source, problems);
        foreach (var key in root.Split('.'))
        {
            var inner = section.Section(key);
            section.WarnOfOthers();
            section = inner;
        }
        return section;
    }

    private static YamlMappingNode? Parse(SourceText source, List<Problem> problems)
    {
        try
        {
            var stream = new YamlStream();
            // Anchors and << are resolved before anything is looked at.
            stream.Load(new MergingParser(new Parser(new StringReader(source.Text))));
            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is YamlScalarNode { Value: null or "" }) return null;
            if (stream.Documents[0].RootNode is YamlMappingNode root) return root;
            problems.Add(new Problem(ServerErrors.SettingsWrong, "The file must hold keys and values.") { Where = source.At(0) });
        }
        catch (YamlException wrong)
        {
            problems.Add(new Problem(ServerErrors.SettingsWrong, wrong.InnerException?.Message ?? wrong.Message)
            {
                Where = source.At((int)wrong.Start.Index, 1),
                Mend = "Check indentation, colons and keys that stand twice.",
            });
        }
        return null;
    }
}
