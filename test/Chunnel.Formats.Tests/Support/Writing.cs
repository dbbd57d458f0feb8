using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats.Tests;

/// <summary>Writes rows that are given as JSON lines, by any encoder.</summary>
internal static class Writing
{
    /// <summary>The batches that JSON lines make, of so many rows each.</summary>
    public static async Task<List<ColumnBatch>> Batches(TableSchema schema, params string[] jsonLines)
    {
        var decoder = new JsonLinesDecoder(Decoding.Stream(string.Join('\n', jsonLines)), Decoding.Request(schema), new JsonOptions { Fast = false });
        var batches = new List<ColumnBatch>();
        await using (decoder)
        {
            while (await decoder.ReadAsync(TestContext.Current.CancellationToken) is { } batch) batches.Add(batch);
        }
        return batches;
    }

    public static string Text(ITableEncoder encoder, IEnumerable<ColumnBatch> batches) => Encoding.UTF8.GetString(Bytes(encoder, batches));

    public static byte[] Bytes(ITableEncoder encoder, IEnumerable<ColumnBatch> batches)
    {
        var writer = new ByteWriter();
        encoder.Begin(writer);
        foreach (var batch in batches) encoder.Write(batch, writer);
        encoder.End(writer);
        return writer.Written.ToArray();
    }
}
