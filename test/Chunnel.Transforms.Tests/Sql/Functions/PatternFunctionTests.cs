using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.TestKit;
using Chunnel.Transforms.Patterns;

namespace Chunnel.Transforms.Tests.Sql.Functions;

[Trait("spec", "transforms.md 6.1, 8")]
public class PatternFunctionTests
{
    [Theory] // transforms.md 139, 140
    [InlineData("REGEXP_REPLACE('Joy_WWWDing@s.com', 'w+', 'W', 'i')", "Joy_WDing@s.com")]
    [InlineData("REGEXP_REPLACE('Joy_WWWDing@s.com', 'w+', 'W', 'ic')", "Joy_WWWDing@s.com")]
    [InlineData("REGEXP_REPLACE('Joy Ding', '(J)(o)', '$2$1')", "oJy Ding")]
    [InlineData("REGEXP_REPLACE('Joy Ding', '(?<first>J)(o)', '${first}-$1-$2')", "J-J-oy Ding")]
    [InlineData("REGEXP_REPLACE('Joy', 'o', '\\$1')", "J$1y")]
    [InlineData("REGEXP_REPLACE('a中🙂b', '[^a-z]', '-')", "a---b")]
    [InlineData("REGEXP_REPLACE('a中b', '中', '🙂')", "a🙂b")]
    [InlineData("REGEXP_REPLACE('abc', '', '-')", "-a-b-c-")]
    [InlineData("REGEXP_REPLACE('a\nb', 'a.b', 'x', 'n')", "x")]
    [InlineData("REGEXP_REPLACE(NULL, 'o', '0')", null)]
    [InlineData("REGEXP_REPLACE('Joy', 'o', NULL)", null)]
    [InlineData("REGEXP_LIKE('Joy Ding', 'ding')", "false")]
    [InlineData("REGEXP_LIKE('Joy Ding', 'ding', 'i')", "true")]
    [InlineData("REGEXP_LIKE('a\nb', '^b', 'm')", "true")]
    [InlineData("REGEXP_LIKE('Joy', 'o', NULL)", "true")]
    [InlineData("REGEXP_LIKE(NULL, 'x')", null)]
    [InlineData("REGEXP_SUBSTR('2020-10-01', '(\\d{4})-(\\d{2})-(\\d{2})', 1, 1, NULL, 2)", "10")]
    [InlineData("REGEXP_SUBSTR('2020-10-01', '\\d+', 1, 2)", "10")]
    [InlineData("REGEXP_SUBSTR('2020-10-01', '\\d+', 6)", "10")]
    [InlineData("REGEXP_SUBSTR('2020-10-01', '\\d+', 1, 4)", null)]
    [InlineData("REGEXP_SUBSTR('2020-10-01', '(x)?\\d', 1, 1, '', 1)", null)]
    [InlineData("REGEXP_SUBSTR('abc', 'b', 9)", null)]
    public void Searches(string expression, string? value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory]
    [InlineData("REGEXP_LIKE('x', '(')", "'(' is no regular expression: at character 1: InsufficientClosingParentheses")]
    [InlineData("REGEXP_LIKE('x', 'x', 'q')", "'q' holds a flag that is not one of i, c, n and m")]
    [InlineData("REGEXP_REPLACE('x', 'x', '$1')", "'$1' is no replacement: the pattern has no group 1")]
    [InlineData("REGEXP_REPLACE('x', 'x', '$')", "'$' is no replacement: a $ is followed by no group: write \\$ for the sign")]
    [InlineData("REGEXP_LIKE('x', '[a&&b]')", "'[a&&b]' is no regular expression: && within brackets has no counterpart")]
    public void Mistakes_are_told_with_the_query(string expression, string what) => Query.ProblemOf(expression).What.ShouldBe(what);

    [Fact]
    public void Patterns_may_differ_from_row_to_row()
    {
        var table = Query.Table(("s", DataType.String), ("p", DataType.String), ("r", DataType.String));
        Query.Run(table, "select regexp_replace(s, p, r) as x, regexp_like(s, p) as y, regexp_substr(s, p) as z from t",
            new BoxedRow("abc", "b", "-"), new BoxedRow("abc", "(c)", "$1$1"), new BoxedRow("abc", "x", "-"), new BoxedRow(null, "x", "-"))
            .ShouldBe([new BoxedRow("a-c", true, "b"), new BoxedRow("abcc", true, "c"), new BoxedRow("abc", false, null), new BoxedRow(null, null, null)]);
        Should.Throw<ChunnelException>(() => Query.Run(table, "select regexp_like(s, p) as y from t", new BoxedRow("abc", "(", "-"))).What.ShouldStartWith("\"(\" is no regular expression");
    }

    [Fact]
    public void A_pattern_that_never_ends_fails_the_row() =>
        Query.FailureOf($"REGEXP_LIKE('{new string('a', 40)}!', '^(a+)+$')").ShouldStartWith("the search took longer than a second");

    [Theory] // what Java's words mean: pattern, text, the first match
    [InlineData(@"\d+", "٣٤5", "5")]
    [InlineData(@"\w+", "é_a1", "_a1")]
    [InlineData(@"[\d\s]+", "a1 2b", "1 2")]
    [InlineData(@"[^\d]+", "12ab", "ab")]
    [InlineData(@"[\W]+", "a-+b", "-+")]
    [InlineData(@"a++b", "aaab", "aaab")]
    [InlineData(@"a++ab", "aaab", null)]
    [InlineData(@"(?:ab)*+c", "ababc", "ababc")]
    [InlineData(@"[ab]?+c", "ac", "ac")]
    [InlineData(@"a{2}+b", "aab", "aab")]
    [InlineData(@"\p{Alpha}+", "1ab2", "ab")]
    [InlineData(@"[\p{Upper}\p{Digit}]+", "aB1c", "B1")]
    [InlineData(@"\P{Digit}+", "1ab2", "ab")]
    [InlineData(@"\p{IsHan}+", "a中文b", "中文")]
    [InlineData(@"\p{L}+", "1é2", "é")]
    [InlineData(@"\Qa.b\E+", "a.bb", "a.bb")]
    [InlineData(@"\Qa|b", "xa|b", "a|b")]
    [InlineData(@"a\Rb", "a\r\nb", "a\r\nb")]
    [InlineData(@"a\hb", "a\tb", "a\tb")]
    [InlineData(@"\x{1F642}", "a🙂", "🙂")]
    [InlineData(@"\0101", "A", "A")]
    [InlineData(@"(?i)AB", "xab", "ab")]
    [InlineData(@"(?iu:A)b", "ab", "ab")]
    [InlineData(@"(?<x>a)(b)\2\k<x>", "abba", "abba")]
    [InlineData(@"(?<=a)b(?!c)", "abc ab", "b")]
    [InlineData(@"a{1,2}?", "aa", "a")]
    [InlineData(@"[a\]]+", "x]a", "]a")]
    public void Javas_words_mean_the_same(string pattern, string text, string? match)
    {
        JavaPattern.TryParse(pattern, RegexOptions.None, out var parsed, out var problem).ShouldBeTrue(problem);
        var found = parsed!.Regex.Match(text);
        (found.Success ? found.Value : null).ShouldBe(match, parsed.Regex.ToString());
    }
}
