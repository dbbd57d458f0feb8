using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Formats.Tests;

/// <summary>Reads text into rows and shows each as JSON by the plain value writer, so that expectations can be read.</summary>
internal static class Decoding
{
    public static TableSchema Schema(params (string Name, DataType Type)[] columns) =>
        new(TablePath.Parse("db.t"), [.. columns.Select(column => new ColumnDef(column.Name, column.Type))]);

    public static DecodeRequest Request(TableSchema schema, BadRows badRows = BadRows.Fail, List<SkippedRow>? skipped = null) => new()
    {
        File = "in.dat",
        Schema = schema,
        Memory = BatchMemory.Unlimited(),
        BadRows = badRows,
        Skipped = row => skipped?.Add(row),
    };

    public static Task<List<string>> Csv(string text, TableSchema schema, DelimitedOptions? options = null) =>
        Rows(new TextDecoder(Stream(text), Request(schema), options ?? DelimitedOptions.Csv));

    public static Task<List<string>> Json(string text, TableSchema schema, JsonOptions? options = null) =>
        Rows(new JsonLinesDecoder(Stream(text), Request(schema), options ?? JsonOptions.Default));

    public static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>All rows, and nothing of the memory left in use.</summary>
    public static async Task<List<string>> Rows(ITableDecoder decoder)
    {
        var rows = new List<string>();
        await using (decoder)
        {
            while (await decoder.ReadAsync(TestContext.Current.CancellationToken) is { } batch)
            {
                using (batch) rows.AddRange(Show(batch));
            }
        }
        return rows;
    }

    public static IEnumerable<string> Show(ColumnBatch batch)
    {
        var rows = new List<string>();
        var text = new ByteWriter();
        for (var i = 0; i < batch.Selected; i++)
        {
            text.Clear();
            for (var column = 0; column < batch.ColumnCount; column++)
            {
                if (column > 0) text.Append((byte)'|');
                JsonText.Append(text, batch[column], batch.RowAt(i));
            }
            rows.Add(Encoding.UTF8.GetString(text.Written));
        }
        return rows;
    }
}
