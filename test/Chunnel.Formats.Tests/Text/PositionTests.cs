using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats.Tests;

/// <summary>Positions at batch borders are exact, whatever the reads of the stream return.</summary>
public sealed class PositionTests
{
    private static readonly TableSchema Notes = Decoding.Schema(("id", DataType.Int), ("note", DataType.String));

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task Reading_goes_on_from_any_border_with_the_very_next_row(string format)
    {
        var bytes = Encoding.UTF8.GetBytes(Data(format, rows: 20_000));
        var whole = await Decoding.Rows(Open(format, bytes, DataPosition.Start));
        whole.Count.ShouldBe(20_000);
        var borders = new List<DataPosition>();
        await using (var decoder = Open(format, bytes, DataPosition.Start))
        {
            while (await decoder.ReadAsync(TestContext.Current.CancellationToken) is { } batch)
            {
                batch.FirstRow.ShouldBe(borders.Count == 0 ? 0 : borders[^1].Row);
                batch.Dispose();
                borders.Add(decoder.Position);
            }
        }
        borders.Count.ShouldBeGreaterThan(4);
        foreach (var border in borders)
        {
            border.Line.ShouldBe(TextLines.Count(bytes.AsSpan(0, (int)border.ByteOffset)));
            (await Decoding.Rows(Open(format, bytes, border))).ShouldBe(whole.Skip((int)border.Row));
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task Ranges_of_a_file_give_every_row_once(string format)
    {
        var bytes = Encoding.UTF8.GetBytes(Data(format, rows: 3_000));
        var whole = await Decoding.Rows(Open(format, bytes, DataPosition.Start));
        var chance = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            long[] wanted = [.. Enumerable.Range(0, 5).Select(_ => (long)chance.Next(bytes.Length)).Order()];
            var edges = new List<long> { 0 };
            foreach (var place in wanted) edges.Add(await BorderAsync(format, bytes, edges[^1], Math.Max(place, edges[^1])));
            edges.Add(bytes.Length);
            var rows = new List<string>();
            for (var i = 0; i + 1 < edges.Count; i++)
                rows.AddRange(await Decoding.Rows(Open(format, bytes, new DataPosition(edges[i], 0, 0), edges[i + 1])));
            rows.ShouldBe(whole, $"round {round}");
        }
    }

    private static async Task<long> BorderAsync(string format, byte[] bytes, long rowStart, long wanted) => format == "csv"
        ? await RowBorders.FindAsync(new MemoryStream(bytes), rowStart, wanted, DelimitedOptions.Csv, TestContext.Current.CancellationToken) ?? bytes.Length
        : bytes.AsSpan((int)wanted).IndexOf((byte)'\n') is var feed and >= 0 ? wanted + feed + 1 : bytes.Length;

    private static string Data(string format, int rows)
    {
        var chance = new Random(5);
        var text = new StringBuilder();
        for (var i = 0; i < rows; i++)
        {
            var note = chance.Next(5) == 0 ? "a \"b\", c\nd" : new string('n', chance.Next(200));
            if (format == "csv") text.Append(i).Append(note.Contains('"', StringComparison.Ordinal) ? ",\"a \"\"b\"\", c\nd\"" : note.Length == 0 ? ",\"\"" : $",{note}").Append(chance.Next(50) == 0 ? "\n\n" : "\n");
            else text.Append($"{{\"id\":{i},\"note\":{System.Text.Json.JsonSerializer.Serialize(note)}}}").Append(chance.Next(50) == 0 ? "\r\n \n" : "\n");
        }
        return text.ToString();
    }

    private static ITableDecoder Open(string format, byte[] bytes, DataPosition start, long end = long.MaxValue)
    {
        var request = Decoding.Request(Notes) with { Start = start, EndOffset = end };
        var stream = new ChoppyStream(bytes.AsMemory((int)start.ByteOffset), seed: (int)start.ByteOffset + 1);
        return format == "csv" ? new TextDecoder(stream, request, DelimitedOptions.Csv) : new JsonLinesDecoder(stream, request, JsonOptions.Default);
    }
}
