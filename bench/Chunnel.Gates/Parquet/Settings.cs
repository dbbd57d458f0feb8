using ParquetSharp;
using ParquetSharp.Arrow;

namespace Chunnel.Gates.Parquet;

/// <summary>The settings under which ParquetSharp keeps its memory small.</summary>
internal static class Settings
{
    public static FileReader Open(string path)
    {
        var reader = ReaderProperties.GetDefaultReaderProperties();
        reader.EnableBufferedStream();
        var arrow = ArrowReaderProperties.GetDefault();
        arrow.PreBuffer = false;
        arrow.UseThreads = false;
        arrow.BatchSize = Orders.RowsPerBatch;
        arrow.CoerceInt96TimestampUnit = Apache.Arrow.Types.TimeUnit.Microsecond;
        return new FileReader(path, reader, arrow);
    }

    public static FileWriter Create(string path, bool dictionary = true, bool systemPool = false)
    {
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Snappy);
        if (!dictionary)
        {
            builder.DisableDictionary();
        }
        if (systemPool)
        {
            builder.MemoryPool(MemoryPool.SystemMemoryPool());
        }
        return new FileWriter(path, Orders.Schema, builder.Build());
    }
}
