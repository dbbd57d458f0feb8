using Chunnel.Core;
using Chunnel.Formats.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;
using ParquetSharp.Schema;

namespace Chunnel.Formats.Parquet;

/// <summary>
/// Writes through Arrow's own writer, which pins our blocks and copies nothing before it encodes. The file begins with the first batch:
/// which columns get a dictionary is settled by its values.
/// </summary>
internal sealed class ArrowParquetFile : IParquetFile
{
    private readonly CountingStream _output;
    private readonly ArrowBridge _bridge;
    private readonly ParquetWriteOptions _options;
    private FileWriter? _writer;
    private bool _groupOpen;
    private bool _closed;

    public ArrowParquetFile(CountingStream output, TableSchema schema, ParquetWriteOptions options)
    {
        _output = output;
        _bridge = new ArrowBridge(schema, new ArrowOptions
        {
            Timestamps = options.Timestamps,
            OutOfRange = options.OutOfRange,
            PrecisionLoss = options.PrecisionLoss,
            NullsAsText = true,
        });
        _options = options;
    }

    public long ValuesRounded { get; private set; }

    public long ValuesOutOfRange { get; private set; }

    public long BytesWritten => _output.Position;

    public void Write(ColumnBatch batch)
    {
        _writer ??= Begin(batch);
        if (!_groupOpen) _writer.NewBufferedRowGroup();
        _groupOpen = true;
        using var view = _bridge.Wrap(batch);
        _writer.WriteBufferedRecordBatch(view.Records);
        ValuesRounded += view.ValuesRounded;
        ValuesOutOfRange += view.ValuesOutOfRange;
    }

    /// <summary>The next batch begins a row group; an empty one at the end of the file would be of no use.</summary>
    public void EndRowGroup() => _groupOpen = false;

    public void Close()
    {
        _writer ??= Begin(null);
        _writer.Close();
        _output.Flush();
        _closed = true;
    }

    public void Dispose()
    {
        // The library writes a footer when it is let go; a file that was given up must not get one.
        if (!_closed) _output.Refuse();
        _writer?.Dispose();
        _output.Dispose();
    }

    private FileWriter Begin(ColumnBatch? first)
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(_options.Codec.ToNative()).MaxRowGroupLength(_options.RowGroupRows).CreatedBy("Chunnel");
        if (!_options.Dictionary) builder.DisableDictionary();
        for (var i = 0; _options.Dictionary && i < (first?.ColumnCount ?? 0); i++)
        {
            if (DictionarySample.Pays(first![i])) continue;
            using var column = new ColumnPath([_bridge.Schema.FieldsList[i].Name]);
            builder.DisableDictionary(column);
        }
        using var properties = builder.Build();
        using var arrowBuilder = new ArrowWriterPropertiesBuilder();
        using var arrow = arrowBuilder.Build();
        return new FileWriter(_output, _bridge.Schema, properties, arrow, leaveOpen: true);
    }
}
