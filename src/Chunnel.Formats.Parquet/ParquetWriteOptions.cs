using Chunnel.Core;
using Chunnel.Formats.Arrow;

namespace Chunnel.Formats.Parquet;

/// <summary>How a file is written.</summary>
public sealed record ParquetWriteOptions
{
    public ParquetCodec Codec { get; init; } = ParquetCodec.Snappy;

    /// <summary>The unit of timestamps, fixed when the file is opened: microseconds, and nanoseconds where a column declares seven digits or more.</summary>
    public ArrowTimestamps Timestamps { get; init; } = ArrowTimestamps.NanosWhereDeclared;

    /// <summary>Timestamps as INT96, as Spark and Hive of old want them (option <c>parquet_avro_write_timestamp_as_int96</c>).</summary>
    public bool TimestampsAsInt96 { get; init; }

    /// <summary>Columns of twelve bytes to be written as INT96 (option <c>parquet_avro_write_fixed_as_int96</c>).</summary>
    public IReadOnlyList<string> FixedAsInt96 { get; init; } = [];

    /// <summary>What becomes of a timestamp that the unit cannot hold.</summary>
    public OutOfRange OutOfRange { get; init; }

    /// <summary>What becomes of digits below the unit.</summary>
    public PrecisionLoss PrecisionLoss { get; init; }

    /// <summary>A row group ends at so many rows. One call of the library per batch goes into the same group: a group a batch would halve the speed (data-path.md 8.4). Half of Arrow's default: a job is to stay below 200 MB (docs/adr/0002).</summary>
    public long RowGroupRows { get; init; } = 1 << 19;

    /// <summary>A row group ends at so many bytes of our columns too: it is held in memory until then.</summary>
    public long RowGroupBytes { get; init; } = 128 << 20;

    /// <summary>Repeated values are written once and referred to, in columns whose first values repeat enough.</summary>
    public bool Dictionary { get; init; } = true;
}
