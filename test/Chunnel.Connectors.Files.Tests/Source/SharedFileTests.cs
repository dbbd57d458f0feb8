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

    /// <summary>What stands behind a cut says nothing where a text holds rows itself; the quotes before it do.</summary>
    [Theory]
    [InlineData("fail")]
    [InlineData("skip")]
    public async Task A_text_that_looks_like_many_rows_misleads_no_one(string badRows)
    {
        var inner = string.Concat(Enumerable.Repeat("5,6\n", 200_000));
        _folder.Write("in/f.csv", string.Concat(Enumerable.Repeat("1,2\n", 20_000)) + "9,\"" + inner + "\"\n" + string.Concat(Enumerable.Repeat("3,4\n", 300_000)));
        var rows = await Jobs.ReadAsync(Settings($"{Shared}, \"bad_rows\": \"{badRows}\""), 3);
        rows.CountBy(row => row.Length > 10 ? row.Length : row[0]).ToDictionary().ShouldBe(new Dictionary<int, int> { ['1'] = 20_000, [inner.Length + 2] = 1, ['3'] = 300_000 });
    }

    /// <summary>Any file, any cuts: the shares together are the file.</summary>
    [Fact]
    public async Task Shares_hold_every_row_once()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var dice = new Random(seed);
            var (text, more) = File(dice);
            _folder.Write("in/f.csv", text);
            var whole = await Jobs.ReadAsync(Settings("\"enable_file_split\": false" + more), 1);
            var shared = await Jobs.ReadAsync(Settings($"\"enable_file_split\": true, \"file_split_size\": {dice.Next(1_000, text.Length)}{more}"), dice.Next(1, 4));
            shared.Order(StringComparer.Ordinal).SequenceEqual(whole.Order(StringComparer.Ordinal)).ShouldBeTrue($"seed {seed}: {whole.Count} rows in the file, {shared.Count} in its shares");
            whole.Count.ShouldBeGreaterThan(0, $"seed {seed}");
        }
    }

    /// <summary>Stretches with many quotes, with none, and texts as large as several windows that look like rows.</summary>
    private static (string Text, string Settings) File(Random dice)
    {
        var columns = dice.Next(1, 4);
        var (delimiter, lineEnd, escape, header) = (dice.Next(4) == 0 ? "||" : ",", dice.Next(3) == 0 ? "\r\n" : "\n", dice.Next(4) == 0 ? "\\" : null, dice.Next(3) == 0);
        var text = new StringBuilder();
        if (header) text.AppendJoin(delimiter, Enumerable.Range(0, columns).Select(column => $"c{column}")).Append(lineEnd);
        for (var stretch = dice.Next(2, 6); stretch > 0; stretch--)
        {
            var kind = dice.Next(3);
            for (var row = kind == 2 ? 1 : dice.Next(2_000); row >= 0; row--)
            {
                for (var column = 0; column < columns; column++)
                {
                    if (column > 0) text.Append(delimiter);
                    text.Append(kind switch
                    {
                        0 => dice.Next(1_000).ToString(System.Globalization.CultureInfo.InvariantCulture),
                        1 when dice.Next(2) == 0 => Quoted(Pieces(dice, delimiter, lineEnd, 4), escape),
                        2 when column == columns - 1 => Quoted(string.Concat(Enumerable.Repeat(string.Join(delimiter, Enumerable.Repeat("5", columns)) + lineEnd, 50_000 + dice.Next(100_000))), escape),
                        _ => "plain",
                    });
                }
                text.Append(lineEnd);
                if (dice.Next(100) == 0 && columns > 1) text.Append(lineEnd);
            }
        }
        var schema = string.Join(", ", Enumerable.Range(0, columns).Select(column => $"\"c{column}\": \"string\""));
        return (text.ToString(), $", \"field_delimiter\": \"{delimiter}\"{(escape is null ? "" : ", \"escape_char\": \"\\\\\"")}{(header ? ", \"csv_use_header_line\": true" : "")}, \"schema\": {{ \"fields\": {{ {schema} }} }}");
    }

    private static string Pieces(Random dice, string delimiter, string lineEnd, int most) =>
        string.Concat(Enumerable.Range(0, dice.Next(most)).Select(_ => dice.Next(6) switch { 0 => delimiter, 1 => lineEnd, 2 => "\"", 3 => "\"" + delimiter + "\"", 4 => "\\", _ => "text" }));

    private static string Quoted(string text, string? escape) => escape is null
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : $"\"{text.Replace(escape, escape + escape, StringComparison.Ordinal).Replace("\"", escape + "\"", StringComparison.Ordinal)}\"";

    private string Settings(string more) => $$"""{ "path": "{{_folder["in"]}}", "file_format_type": "csv", {{more}} }""";
}
