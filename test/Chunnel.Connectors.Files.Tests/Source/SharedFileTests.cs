using System.Text;
using Chunnel.Core;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>One large file among several readers.</summary>
public sealed class SharedFileTests : IDisposable
{
    private const string Shared = "\"enable_file_split\": true, \"file_split_size\": 200000, \"schema\": { \"fields\": { \"a\": \"string\", \"b\": \"string\" } }";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [Trait("spec", "connectors.md 79")]
    public async Task Every_row_comes_once_also_where_text_holds_line_breaks(int readers)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 60_000; i++) text.Append(i).Append(i % 7 == 0 ? ",\"two\nlines, \"\"and\"\" more\"\n" : ",plain\n");
        _folder.Write("in/f.csv", text.ToString());
        var rows = await Jobs.ReadAsync(Settings(Shared), readers);
        rows.Select(row => int.Parse(row[..row.IndexOf('|')], System.Globalization.CultureInfo.InvariantCulture)).Order().ShouldBe(Enumerable.Range(0, 60_000));
    }

    /// <summary>A cut is guessed from what stands round it. The reader before it comes to it at the end of its own last row, or else the guess was wrong.</summary>
    [Fact]
    public async Task A_text_that_looks_like_many_rows_misleads_no_one_without_a_word()
    {
        var inner = string.Concat(Enumerable.Repeat("5,6\n", 200_000));
        _folder.Write("in/f.csv", string.Concat(Enumerable.Repeat("1,2\n", 20_000)) + "9,\"" + inner + "\"\n" + "3,4\n");
        var error = await Should.ThrowAsync<ChunnelException>(() => Jobs.ReadAsync(Settings(Shared + ", \"bad_rows\": \"skip\""), 2));
        error.Message.ShouldContain("within a row");
        error.Mend.ShouldBe("Set enable_file_split = false.");
        (await Jobs.ReadAsync(Settings(Shared.Replace("true", "false", StringComparison.Ordinal)), 2)).Count.ShouldBe(20_002);
    }

    private string Settings(string more) => $$"""{ "path": "{{_folder["in"]}}", "file_format_type": "csv", {{more}} }""";
}
