using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>A position is exact: whatever was read before a snapshot and after it are all rows, once, in order.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Rows = 30_000;
    private const string Schema = "\"schema\": { \"fields\": { \"id\": \"int\", \"name\": \"string\" } }";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("csv-header")]
    [InlineData("csv-gz")]
    [InlineData("csv-utf16")]
    [InlineData("csv-header-targz")]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Reading_goes_on_with_the_very_next_row(string kind)
    {
        var job = Make(kind);
        await using var source = await Jobs.SourceAsync(job);
        for (var steps = 1; steps <= 6; steps += 2)
        {
            List<string> rows = [];
            SourceRun.Snapshots snapshot;
            await using (var first = await SourceRun.StartAsync(source, 1))
            {
                for (var i = 0; i < steps; i++) await first.StepAsync(0, rows);
                snapshot = first.Snapshot();
            }
            rows.Count.ShouldBeLessThan(Rows);
            await using var second = await SourceRun.StartAsync(source, 2, snapshot);
            foreach (var part in await second.ToEndAsync()) rows.AddRange(part);
            rows.ShouldBe(Expected(), $"after {steps} steps");
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("csv-header")]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Shares_of_one_file_hold_every_row_once(string kind)
    {
        var job = Make(kind).Replace("}, ", "}, \"enable_file_split\": true, \"file_split_size\": 40000, ", StringComparison.Ordinal);
        await using var source = await Jobs.SourceAsync(job);
        var parts = await SourceRun.AllAsync(source, 3);
        parts.Count(part => part.Count > 0).ShouldBe(3);
        parts.SelectMany(part => part).OrderBy(row => int.Parse(row.Split('|')[0], CultureInfo.InvariantCulture)).ShouldBe(Expected());
    }

    private static IEnumerable<string> Expected() => Enumerable.Range(0, Rows).Select(i => $"{i}|{Name(i)}");

    private static string Name(int i) => i % 7 == 0 ? $"two\"lines, {i}" : $"name {i}";

    private static string Line(string kind, int i) => kind switch
    {
        "text" => $"{i}\u0001{Name(i)}",
        "json" => $"{{\"id\":{i},\"name\":\"{Name(i).Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}",
        _ when kind.Contains("header", StringComparison.Ordinal) => $"\"{Name(i).Replace("\"", "\"\"", StringComparison.Ordinal)}\",{i}",
        _ => $"{i},\"{Name(i).Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };

    private string Make(string kind)
    {
        var header = kind.Contains("header", StringComparison.Ordinal);
        var text = (header ? "name,id\n" : "") + string.Join('\n', Enumerable.Range(0, Rows).Select(i => Line(kind, i)));
        var options = header ? "\"csv_use_header_line\": true, " : "";
        switch (kind)
        {
            case "csv-gz":
                using (var bytes = new MemoryStream())
                {
                    using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
                    _folder.Write("in/f", bytes.ToArray());
                }
                options += "\"compress_codec\": \"gzip\", ";
                break;
            case "csv-utf16":
                _folder.Write("in/f", Encoding.Unicode.GetBytes(text));
                options += "\"encoding\": \"UTF-16LE\", ";
                break;
            case "csv-header-targz":
                var lines = text.Split('\n');
                _folder.Write("in/f", FileSourceTests.TarGz(("one", string.Join('\n', lines[..2001])), ("two", "name,id\n" + string.Join('\n', lines[2001..]))));
                options += "\"archive_compress_codec\": \"TAR_GZ\", ";
                break;
            default:
                _folder.Write("in/f", text);
                break;
        }
        return $$"""{ {{Schema}}, {{options}} "path": "{{_folder["in"]}}", "file_format_type": "{{kind.Split('-')[0]}}" }""";
    }
}
