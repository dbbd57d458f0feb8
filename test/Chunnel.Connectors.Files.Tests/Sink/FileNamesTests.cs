using Chunnel.Core;

namespace Chunnel.Connectors.Files.Tests;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("${transactionId}", "T_1")]
    [InlineData("a_${now}_${transactionId}", "a_2024.02.03_T_1")]
    [InlineData("${uuid}-x", "00000000-0000-0000-0000-000000000000-x")]
    [InlineData("${other}${now", "${other}${now")]
    [InlineData("plain", "plain")]
    [Trait("spec", "connectors.md 84")]
    public void Variables_are_filled_in(string expression, string stem) => Names(expression).Stem("T_1").ShouldBe(stem);

    [Fact]
    [Trait("spec", "connectors.md 90")]
    public void Number_codec_and_extension_follow() => Names("x").Name("x", 3).ShouldBe("x_3.gz.csv");

    [Fact]
    public void A_single_file_has_no_number()
    {
        var names = new FileNames("x", TimePattern.Parse("yyyy"), ".csv", numbered: false, TimeProvider.System, Guid.NewGuid);
        names.Name("x", 0).ShouldBe("x.csv");
        names.Name("x", 1).ShouldBe("x_1.csv");
    }

    private static FileNames Names(string expression) =>
        new(expression, TimePattern.Parse("yyyy.MM.dd"), ".gz.csv", numbered: true, new FixedClock(new DateTimeOffset(2024, 2, 3, 4, 5, 6, TimeSpan.Zero)), () => Guid.Empty);
}
