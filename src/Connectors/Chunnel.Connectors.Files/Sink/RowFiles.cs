using Chunnel.Core;
using Chunnel.Formats;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Begins files in the sink's format.</summary>
internal static class RowFiles
{
    public static IRowFile Begin(IFileUpload upload, TableSchema schema, FileSinkSettings settings, WriterContext context)
    {
        if (settings.Format == FileFormat.Parquet) return new ParquetRowFile(upload, schema, settings, context.Memory, context.Warn);
        return new LinesFile(upload, Encoder(schema, settings), settings.Codec);
    }

    private static ITableEncoder Encoder(TableSchema schema, FileSinkSettings settings) =>
        settings.Format == FileFormat.Json ? new JsonLinesEncoder(schema, settings.Json) : new TextEncoder(schema, settings.Delimited);
}
