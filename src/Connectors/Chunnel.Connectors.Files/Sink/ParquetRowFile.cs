using Chunnel.Core;
using Chunnel.Formats.Arrow;
using Chunnel.Formats.Parquet;

namespace Chunnel.Connectors.Files;

/// <summary>A parquet file. Its columns have lower-case names, as SeaTunnel writes them, unless two would then be the same.</summary>
internal sealed class ParquetRowFile(IFileUpload upload, TableSchema schema, FileSinkSettings settings, BatchMemory memory, Action<string> warn) : IRowFile
{
    private readonly ParquetWriter _writer = ParquetWriter.Create(upload.Body, LowerCase(schema), memory, OptionsOf(settings), leaveOpen: true);

    public ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop) => _writer.WriteAsync(batch.Share(), stop);

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        await _writer.CloseAsync(stop);
        if (_writer.ValuesRounded > 0) warn($"Table {schema.TableId}: {_writer.ValuesRounded} values of one parquet file have lost digits of the second that its unit cannot hold. precision_loss = fail stops the job instead.");
        if (_writer.ValuesOutOfRange > 0) warn($"Table {schema.TableId}: {_writer.ValuesOutOfRange} values of one parquet file were out of its range and were changed as out_of_range says.");
        await upload.CompleteAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await upload.DisposeAsync();
    }

    private static TableSchema LowerCase(TableSchema schema)
    {
        var names = schema.Columns.Select(column => column.Name.ToLowerInvariant()).ToList();
        if (names.Distinct().Count() < names.Count) return schema;
        return schema.WithColumns([.. schema.Columns.Zip(names, (column, name) => column with { Name = name })]);
    }

    private static ParquetWriteOptions OptionsOf(FileSinkSettings settings) => new()
    {
        Codec = ParquetCodecs.Parse(settings.CodecName),
        Timestamps = settings.TimestampMillis ? ArrowTimestamps.Millis : ArrowTimestamps.NanosWhereDeclared,
        TimestampsAsInt96 = settings.TimestampAsInt96,
        FixedAsInt96 = settings.FixedAsInt96,
        OutOfRange = settings.OutOfRange,
        PrecisionLoss = settings.PrecisionLoss,
    };
}
