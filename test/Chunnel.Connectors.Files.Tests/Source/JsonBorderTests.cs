using System.Text;

namespace Chunnel.Connectors.Files.Tests;

public sealed class JsonBorderTests
{
    [Fact]
    public void Lines_of_objects_are_cut_behind_a_line_break() => JsonBorder.Find("1}\n{\"a\":2}\n{\"a\":3}\n"u8).ShouldBe(3);

    [Theory]
    [InlineData("[\n{\"a\":1},\n{\"a\":2}\n]")]
    [InlineData("{\n\"a\":1\n}\n")]
    [InlineData("1\n2\n")]
    [InlineData("")]
    public void Files_whose_values_span_lines_are_not_shared(string head) => JsonBorder.IsLines(Encoding.UTF8.GetBytes(head)).ShouldBeFalse();

    [Fact]
    public void A_byte_order_mark_does_not_matter() => JsonBorder.IsLines(Encoding.UTF8.GetBytes("\uFEFF{\"a\":1}\n")).ShouldBeTrue();
}
