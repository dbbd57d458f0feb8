using Chunnel.Core;

namespace Chunnel.Formats.Parquet;

/// <summary>A file that takes dense batches: through Arrow, or column by column where Arrow's writer lacks a type.</summary>
internal interface IParquetFile : IDisposable
{
    long ValuesRounded { get; }

    long ValuesOutOfRange { get; }

    long BytesWritten { get; }

    /// <summary>Writes a batch into the open row group; the batch stays its owner's.</summary>
    void Write(ColumnBatch batch);

    void EndRowGroup();

    /// <summary>Writes the footer.</summary>
    void Close();
}
