using System.Text.RegularExpressions;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Text;

/// <summary>People search for an error by its code, and programs tell errors apart by it.</summary>
public partial class ErrorCodeTests
{
    /// <summary>Codes that SeaTunnel itself gave to two errors, in an older and a newer text.</summary>
    private static readonly string[] s_twiceInSeaTunnel = ["COMMON-08"];

    private static ILookup<string, (string Text, string File)> Codes { get; } = Repository.Files
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
        .SelectMany(file => Made().Matches(Repository.Text(file)).Select(match => (code: match.Groups["code"].Value, text: match.Groups["text"].Value, file)))
        .ToLookup(each => each.code, each => (each.text, each.file));

    private static int Last => Codes.Select(code => code.Key.Split('-')).Where(code => code[0] == "CHUNNEL").Select(code => int.Parse(code[1])).Where(number => number < 99).Max();

    [Fact]
    public void A_code_is_given_to_one_error()
    {
        Codes.ShouldContain(code => code.Key == "CHUNNEL-99", "or this test no longer sees how codes are written");
        Codes.Where(code => !s_twiceInSeaTunnel.Contains(code.Key) && code.Select(each => each.Text).Distinct().Count() > 1)
            .Select(code => $"{code.Key}: {string.Join(", ", code)}")
            .ShouldBeNone($"use the error that is there, or take a code that is free; the last CHUNNEL code below 99 is {Last}");
    }

    [Fact]
    public void An_error_of_ours_is_written_down_once() =>
        Codes.Where(code => code.Key.StartsWith("CHUNNEL-", StringComparison.Ordinal) && code.Count() > 1).Select(code => $"{code.Key}: {string.Join(", ", code)}")
            .ShouldBeNone("use the error that is there");

    [GeneratedRegex("""new(?: ErrorCode)?\(\s*"(?<code>[A-Z]+-[0-9]+)"\s*,\s*(?<text>\$?"[^"]*")""")]
    private static partial Regex Made();
}
