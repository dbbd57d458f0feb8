using System.Text.RegularExpressions;

namespace Chunnel.Plugins.Tests.Samples;

/// <summary>The page shows the sample's files as they are, so it cannot rot.</summary>
public sealed partial class WriteAConnectorTests
{
    private const string SampleFolder = "samples/plugins/Chunnel.Samples.Countdown";

    private static string Page { get; } = File.ReadAllText(Path.Combine(Sample.Repository, "docs/write-a-connector.md"));

    [Fact]
    public void Every_shown_file_is_the_sample_file()
    {
        var shown = Shown().Matches(Page);
        shown.Count.ShouldBeGreaterThan(5);
        foreach (Match block in shown)
        {
            var file = block.Groups["file"].Value;
            block.Groups["text"].Value.ShouldBe(File.ReadAllText(Path.Combine(Sample.Repository, SampleFolder, file)), $"docs/write-a-connector.md shows {file} as it was: copy the file into the page.");
        }
    }

    [Fact]
    public void Every_sample_file_is_shown() =>
        Directory.EnumerateFiles(Path.Combine(Sample.Repository, SampleFolder)).Select(file => Path.GetFileName(file)!).Where(file => file != "packages.lock.json").Order(StringComparer.Ordinal)
            .ShouldBe(Shown().Matches(Page).Select(block => block.Groups["file"].Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^`(?<file>[\w.]+)`:\n\n```\w+\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shown();
}
