using System.Runtime.CompilerServices;

namespace Chunnel.Config.Tests;

/// <summary>
/// What a person sees of a broken job, word for word: <c>Data/golden/NAME.conf</c> (or .json, .sql) and <c>NAME.expected.txt</c>.
/// With <c>CHUNNEL_UPDATE_GOLDEN=1</c> in the environment the expected files are written anew, to be read in the diff.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string> All() =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data", "golden")).Select(file => Path.GetFileName(file)!)
            .Where(file => !file.EndsWith(".expected.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void All_mistakes_of_a_job_are_told_in_these_words(string name)
    {
        var said = string.Join("\n", Jobs.File($"golden/{name}").Problems) + "\n";
        var expected = Path.ChangeExtension(name, null) + ".expected.txt";
        if (Environment.GetEnvironmentVariable("CHUNNEL_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(Folder(), "Data", "golden", expected), said);
            return;
        }
        said.ShouldBe(Jobs.Text($"golden/{expected}"));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
