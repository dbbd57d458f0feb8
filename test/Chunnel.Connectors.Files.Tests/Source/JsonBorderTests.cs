using System.Text;

namespace Chunnel.Connectors.Files.Tests;

public sealed class JsonBorderTests
{
    [Fact]
    public void Lines_of_objects_are_cut_behind_an_object() => JsonBorder.Find("1}\n{\"a\":2}\n{\"a\":3}\n"u8).ShouldBe(2);

    [Theory]
    [InlineData("1}\r\n{\"a\":2}\r\n", 2)]
    [InlineData("1}\n\n{\"a\":2}\n", 0)]
    [InlineData("1,\n{\"a\":2}\n", 0)]
    [InlineData("1}\n{\"a\":2,\n", 0)]
    public void A_cut_is_made_only_where_it_is_sure(string window, int cut) => JsonBorder.Find(Encoding.UTF8.GetBytes(window)).ShouldBe(cut);

    [Theory]
    [InlineData("[\n{\"a\":1},\n{\"a\":2}\n]")]
    [InlineData("{\n\"a\":1\n}\n")]
    [InlineData("1\n2\n")]
    [InlineData("")]
    public void Files_whose_values_span_lines_are_not_shared(string head) => JsonBorder.IsLines(Encoding.UTF8.GetBytes(head)).ShouldBeFalse();

    [Fact]
    public void A_byte_order_mark_does_not_matter() => JsonBorder.IsLines(Encoding.UTF8.GetBytes("\uFEFF{\"a\":1}\n")).ShouldBeTrue();
}
