using System.Globalization;
using System.Text;

namespace Chunnel.Bench;

/// <summary>The page before the others: every target, and whether it was reached.</summary>
internal static class Summary
{
    public static void Write(string folder, IEnumerable<Target> targets, TimeProvider clock)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# Figures\n\nWritten by `./build.sh bench`, {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Machine.Description}.\nWhat was missed stays here; its page says why and what to try next.\n\n");
        page.Append("| Bench | Must reach | Found | Reached |\n| --- | --- | --- | --- |\n");
        foreach (var target in targets)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [{target.Bench}]({target.Bench}.md) | {target.Must} | {target.Found} | {(target.Reached ? "yes" : "**no**")} |\n");
        }
        File.WriteAllText(Path.Combine(folder, "README.md"), page.ToString());
        Console.WriteLine(page);
    }
}
