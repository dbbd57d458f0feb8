using System.Globalization;
using System.Text;

namespace Chunnel.Bench;

/// <summary>The page before the others: every target, and whether it was reached, as the pages say.</summary>
internal static class Summary
{
    /// <param name="folder">Where the pages are.</param>
    /// <param name="benches">Names of benches, in the order to be shown.</param>
    public static void Write(string folder, IEnumerable<string> benches)
    {
        var page = new StringBuilder("# Figures\n\nWritten by `./build.sh bench` out of the pages, each of which names its machine and day.\nWhat was missed stays here; its page says why and what to try next.\n\n");
        page.Append("| Bench | Must reach | Found | Reached |\n| --- | --- | --- | --- |\n");
        foreach (var bench in benches)
        {
            foreach (var target in TargetsOf(Path.Combine(folder, $"{bench}.md"))) page.Append(CultureInfo.InvariantCulture, $"| [{bench}]({bench}.md) {target}\n");
        }
        File.WriteAllText(Path.Combine(folder, "README.md"), page.ToString());
    }

    /// <summary>The lines of a page's last table, which are its targets.</summary>
    private static IEnumerable<string> TargetsOf(string file) =>
        File.Exists(file) ? File.ReadLines(file).SkipWhile(line => line != ResultPage.TargetsHead).Skip(2).TakeWhile(line => line.StartsWith('|')) : [];
}
