namespace Chunnel.Transforms.Tests.Sql.Functions;

[Trait("spec", "transforms.md 6.1")]
public class TextFunctionTests
{
    [Theory] // transforms.md 136
    [InlineData("ASCII('A')", "65")]
    [InlineData("ASCII('é')", "233")]
    [InlineData("ASCII('')", "0")]
    [InlineData("ASCII(NULL)", null)]
    [InlineData("BIT_LENGTH('Joy Ding')", "64")]
    [InlineData("CHR(65)", "A")]
    [InlineData("CHAR(128512)", "😀")]
    [InlineData("CHR(NULL)", null)]
    [InlineData("CONCAT('A', 1, '!')", "A1!")]
    [InlineData("CONCAT(NULL, NULL)", "")]
    [InlineData("HEXTORAW('0037')", "7")]
    [InlineData("HEXTORAW('d83dde00')", "😀")]
    [InlineData("HEXTORAW('')", "")]
    [InlineData("RAWTOHEX('7')", "0037")]
    [InlineData("RAWTOHEX('é😀')", "00e9d83dde00")]
    [InlineData("RAWTOHEX(CAST('7' AS BYTES))", "37")]
    [InlineData("HEXTORAW(RAWTOHEX('aé中😀'))", "aé中😀")]
    [InlineData("INSERT('Joy Ding', 2, 2, '**')", "J** Ding")]
    [InlineData("INSERT('Joy Ding', 0, 2, '*')", "Joy Ding")]
    [InlineData("INSERT('Joy Ding', 9, 2, '*')", "Joy Ding")]
    [InlineData("INSERT('Joy Ding', 2, 0, '*')", "Joy Ding")]
    [InlineData("INSERT('Joy Ding', 2, 100, '*')", "J*")]
    [InlineData("INSERT('a中🙂b', 2, 3, '-')", "a-b")]
    [InlineData("INSERT(NULL, 1, 1, 'n')", "n")]
    [InlineData("INSERT('Joy', 1, 1, NULL)", "Joy")]
    [InlineData("INSERT('Joy', NULL, 1, 'x')", null)]
    [InlineData("INSERT(NULL, 1, 1, NULL)", null)]
    [InlineData("LPAD('Joy Ding', 10, '*')", "**Joy Ding")]
    [InlineData("TRIM('*a*', '*')", "a")]
    public void Codes_and_pieces(string expression, string? value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory] // transforms.md 141
    [InlineData("SOUNDEX('Joy Ding')", "J352")]
    [InlineData("SOUNDEX('Robert')", "R163")]
    [InlineData("SOUNDEX('Ashcraft')", "A261")]
    [InlineData("SOUNDEX('Tymczak')", "T522")]
    [InlineData("SOUNDEX('pfister')", "P236")]
    [InlineData("SOUNDEX('')", "0000")]
    [InlineData("SOUNDEX('123')", "0000")]
    [InlineData("SOUNDEX(NULL)", null)]
    public void Sounds(string expression, string? value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory] // transforms.md 142
    [InlineData("TRANSLATE('Joy Ding', 'ing', 'ING')", "Joy DING")]
    [InlineData("TRANSLATE('Joy Ding', 'ing', 'X')", "Joy DXng")]
    [InlineData("TRANSLATE('Joy Ding', '', 'X')", "Joy Ding")]
    [InlineData("TRANSLATE('a中b', '中b', '🙂ß')", "a🙂ß")]
    public void Translations(string expression, string value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory]
    [InlineData("MURMUR64('hello')", "-3758069500696749310")]
    [InlineData("MURMUR64('The quick brown fox jumps over the lazy dog')", "-2068352364225029268")]
    public void Hashes_are_those_of_the_published_function(string expression, string value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory]
    [InlineData("CHR(-1)", "-1 is no character's code")]
    [InlineData("CHR(55296)", "55296 is no character's code")]
    [InlineData("HEXTORAW('003')", "\"003\" is no text in hexadecimal digits, four for each character")]
    [InlineData("HEXTORAW('00xy')", "\"00xy\" is no text in hexadecimal digits, four for each character")]
    [InlineData("HEXTORAW('d83d')", "\"d83d\" is no text in hexadecimal digits, four for each character")]
    public void What_is_no_text_fails_the_row(string expression, string why) => Query.FailureOf(expression).ShouldStartWith(why);
}
