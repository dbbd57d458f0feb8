using Chunnel.Core;
using Chunnel.Formats.Arrow;
using ParquetSharp;
using ParquetSharp.IO;

namespace Chunnel.Formats.Parquet;

/// <summary>
/// Writes files with INT96 timestamps, which Arrow's writer does not offer: leaf by leaf, with the levels that say where a row, a list or a
/// null begins. Slower than <see cref="ArrowParquetFile"/>, and only for those who ask for the old type.
/// </summary>
internal sealed class Int96ParquetFile : IParquetFile
{
    private readonly CountingStream _output;
    private readonly ArrowBridge _bridge;
    private readonly bool _timestamps;
    private readonly HashSet<string> _fixed;
    private readonly ParquetFileWriter _writer;
    private RowGroupWriter? _group;
    private bool _closed;

    public Int96ParquetFile(CountingStream output, TableSchema schema, ParquetWriteOptions options)
    {
        _output = output;
        _timestamps = options.TimestampsAsInt96;
        _fixed = [.. options.FixedAsInt96];
        foreach (var name in _fixed.Where(name => schema.IndexOf(name) is var at && (at < 0 || schema.Columns[at].Type.Kind != TypeKind.Bytes)))
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"'{name}' is to be written as INT96 and is not a column of type bytes.")
            {
                Mend = $"Columns of type bytes: {string.Join(", ", schema.Columns.Where(column => column.Type.Kind == TypeKind.Bytes).Select(column => column.Name))}.",
            };
        }
        _bridge = new ArrowBridge(schema, new ArrowOptions
        {
            // INT96 keeps nanoseconds and any year: nothing is lost on the way there.
            Timestamps = _timestamps ? ArrowTimestamps.Micros : options.Timestamps,
            PrecisionLoss = _timestamps ? PrecisionLoss.Warn : options.PrecisionLoss,
            OutOfRange = options.OutOfRange,
            NullsAsText = true,
        });
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(options.Codec.ToNative()).CreatedBy("Chunnel");
        if (!options.Dictionary) builder.DisableDictionary();
        using var properties = builder.Build();
        using var root = new Int96Schema(_timestamps, _fixed).Root(_bridge.Schema);
        _writer = new ParquetFileWriter(new ManagedOutputStream(output, leaveOpen: true), root, properties);
    }

    public long ValuesRounded { get; private set; }

    public long ValuesOutOfRange { get; private set; }

    public long BytesWritten => _output.Position;

    public void Write(ColumnBatch batch)
    {
        _group ??= _writer.AppendBufferedRowGroup();
        using var view = _bridge.Wrap(batch);
        var leaves = new LeafWriter(_group, batch.Memory, batch.FirstRow, _timestamps);
        for (var i = 0; i < batch.ColumnCount; i++)
            leaves.Write(batch.Schema.Columns[i].Name, view.Records.Column(i).Data, batch[i], _fixed.Contains(batch.Schema.Columns[i].Name));
        if (!_timestamps) ValuesRounded += view.ValuesRounded;
        ValuesOutOfRange += view.ValuesOutOfRange;
    }

    public void EndRowGroup()
    {
        _group?.Dispose();
        _group = null;
    }

    public void Close()
    {
        EndRowGroup();
        _writer.Close();
        _output.Flush();
        _closed = true;
    }

    public void Dispose()
    {
        if (!_closed) _output.Refuse();
        _group?.Dispose();
        _writer.Dispose();
        _output.Dispose();
    }
}
