using System.Text;
using System.Text.RegularExpressions;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Text;

public partial class TextTests
{
    private const int LongestFile = 500;

    /// <summary>Files longer than <see cref="LongestFile"/> lines, each with the reason.</summary>
    private static readonly Dictionary<string, string> s_longFiles = [];

    private static readonly string[] s_textEndings =
        [".cs", ".csproj", ".props", ".targets", ".slnx", ".md", ".sh", ".editorconfig", ".gitignore", "/build.sh", "/chunnel", "/.ci/run", "/NOTICE"];

    private static IEnumerable<string> Written =>
        Repository.Files.Where(file => s_textEndings.Any(ending => ("/" + file).EndsWith(ending, StringComparison.Ordinal)));

    private static IEnumerable<string> Product =>
        Repository.Files.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>A clone is all that anyone needs: no path beside it, no address of a package registry.</summary>
    [Fact]
    public void The_repository_stands_alone()
    {
        // Put together here, so that this file does not mention them itself.
        string[] refused =
        [
            "../" + "shared", "/" + "work/", "shared/" + "design", "shared/" + "spec", "shared/" + "golden", "shared/" + "cases", "/tmp/" + "hub", "/tmp/" + "brief",
            "nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "pypi" + ".org", "debian" + ".org", "repo1." + "maven", "repo." + "maven",
        ];
        Repository.Files.SelectMany(file => refused.Where(Repository.Text(file).Contains).Select(text => $"{file} mentions {text}"))
            .ShouldBeNone("copy what is needed into the repository; let the client of a registry know where it is");
    }

    [Fact]
    public void No_folder_is_named_after_a_kind_of_thing()
    {
        string[] refused = ["Helpers", "Models", "Interfaces", "Utils", "Utilities", "Misc", "Extensions"];
        Repository.Files.Where(file => file.Split('/')[..^1].Any(folder => refused.Contains(folder, StringComparer.OrdinalIgnoreCase)))
            .Select(file => Path.GetDirectoryName(file)!).Distinct()
            .ShouldBeNone("a folder holds one idea, whole, and is called by it");
    }

    [Fact]
    public void No_file_is_enormous() =>
        Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (file, lines: Repository.Text(file).AsSpan().Count('\n')))
            .Where(each => each.lines > LongestFile != s_longFiles.ContainsKey(each.file))
            .Select(each => $"{each.file} has {each.lines} lines")
            .ShouldBeNone($"above {LongestFile} lines a file wants to be two, or a reason in s_longFiles; below, it needs no reason");

    [Fact]
    public void Nothing_is_left_for_later() =>
        Product.SelectMany(file => LeftOver().Matches(Repository.Text(file)).Select(match => $"{file}: {match.Value}"))
            .ShouldBeNone("do it, or say what is not supported with an error that a user can act on");

    [Fact]
    public void Text_is_utf8_with_line_feeds_and_ends_with_one()
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        Written.Select(file => (file, fault: Fault(File.ReadAllBytes(Repository.FullPath(file)), strict)))
            .Where(each => each.fault is not null).Select(each => $"{each.file}: {each.fault}")
            .ShouldBeNone("see .editorconfig");
    }

    [Fact]
    public void What_is_meant_to_be_run_can_be_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps no executable bit.");
        Repository.Files.Where(file => Repository.Text(file).StartsWith("#!", StringComparison.Ordinal))
            .Where(file => !OperatingSystem.IsWindows() && !File.GetUnixFileMode(Repository.FullPath(file)).HasFlag(UnixFileMode.UserExecute))
            .ShouldBeNone("chmod +x, and git update-index --chmod=+x");
    }

    private static string? Fault(byte[] bytes, UTF8Encoding strict)
    {
        try
        {
            strict.GetCharCount(bytes);
        }
        catch (DecoderFallbackException)
        {
            return "is not UTF-8";
        }
        return bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => "begins with a byte order mark",
            _ when bytes.Contains((byte)'\r') => "has carriage returns",
            [.., not (byte)'\n'] => "does not end with a line feed",
            _ => null,
        };
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex LeftOver();
}
