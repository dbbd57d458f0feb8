using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>What a file sink can be told (spec connectors.md 6.4).</summary>
public static class FileSinkOptions
{
    public static readonly Option<string> Path =
        Option.Text("path").IsRequired().Says("The folder that the files go to.");

    public static readonly Option<string> TmpPath =
        Option.Text("tmp_path").Default("/tmp/seatunnel").Says("Where files are written until they are committed. On the same file system as 'path' a commit is a rename; elsewhere it has to copy.");

    public static readonly Option<bool> CustomFilename =
        Option.Bool("custom_filename").Default(false).Says("Accepted for compatibility: 'file_name_expression' counts whenever it is set.");

    public static readonly Option<string> NameExpression =
        Option.Text("file_name_expression").Default("${transactionId}").Says("How files are named: text with ${transactionId}, ${now} and ${uuid} in it.");

    public static readonly Option<string> NameTimeFormat =
        Option.Text("filename_time_format").Default("yyyy.MM.dd").Must(NameTime.WrongWith).Says("How ${now} is written in a file's name.");

    public static readonly Option<string> Format =
        Option.Choice("file_format_type", FileFormat.Names).Default("csv").Says("What the files hold.");

    public static readonly Option<string> Extension =
        Option.Text("filename_extension").Says("The files' extension, in place of the format's own.");

    public static readonly Option<string> FieldDelimiter =
        Option.Text("field_delimiter").Old("delimiter").Says("What stands between two fields: \\u0001 for text, a comma for csv.");

    public static readonly Option<string> RowDelimiter =
        Option.Text("row_delimiter").Default("\n").Says("What stands between two rows of text, csv and json; none stands at the end.");

    public static readonly Option<bool> HavePartition =
        Option.Bool("have_partition").Default(false).Says("Put rows into folders by the values of 'partition_by'.");

    public static readonly Option<IReadOnlyList<string>> PartitionBy =
        Option.TextList("partition_by").Says("Columns whose values make the folders.");

    public static readonly Option<string> PartitionDirExpression =
        Option.Text("partition_dir_expression").Default("${k0}=${v0}/${k1}=${v1}/.../${kn}=${vn}/").Says("How the folders are named: ${k0} is the name of the first partition column, ${v0} its value.");

    public static readonly Option<bool> PartitionInFile =
        Option.Bool("is_partition_field_write_in_file").Default(false).Says("Write partition columns into the files too.");

    public static readonly Option<IReadOnlyList<string>> SinkColumns =
        Option.TextList("sink_columns").Says("Write only these columns, in this order.");

    public static readonly Option<bool> Transaction =
        Option.Bool("is_enable_transaction").Default(true).Says("Files appear only once a checkpoint has committed them, each row once. Without it they appear as they are closed, and rows may repeat after a failure.");

    public static readonly Option<int> BatchSize =
        Option.Int("batch_size").Default(1_000_000).AtLeast(1).Says("Rows of one file; then the next is begun.");

    public static readonly Option<bool> SingleFile =
        Option.Bool("single_file_mode").Default(false).Says("One file a writer and checkpoint, without a number in its name; 'batch_size' does not count.");

    public static readonly Option<bool> EmptyFile =
        Option.Bool("create_empty_file_when_no_data").Default(false).Says("Write one file without rows when no row came.");

    public static readonly Option<string> CompressCodec =
        Option.Text("compress_codec").Default("none").Says("How files are compressed. Text, csv and json: none, gzip, zlib, snappy, lz4, lzo, zstd, brotli; parquet: none, snappy, gzip, lz4, zstd, brotli.");

    public static readonly Option<bool> HeaderWrite =
        Option.Bool("enable_header_write").Default(false).Says("Begin text and csv files with the names of the columns.");

    public static readonly Option<string> QuoteMode =
        Option.Choice("csv_string_quote_mode", "ALL", "MINIMAL", "NONE").Default("MINIMAL").Says("Which csv fields are quoted: all texts, those that need it, or none.");

    public static readonly Option<string> NullFormat =
        Option.Text("null_format").Default("").Says("What text and csv files write for null.");

    public static readonly Option<bool> TimestampAsInt96 =
        Option.Bool("parquet_avro_write_timestamp_as_int96").Default(false).Says("Write parquet timestamps as INT96, for readers that know nothing else.");

    public static readonly Option<IReadOnlyList<string>> FixedAsInt96 =
        Option.TextList("parquet_avro_write_fixed_as_int96").Says("Columns of 12 bytes to write as parquet INT96.");

    public static readonly Option<string> TimestampUnit =
        Option.Choice("parquet_timestamp_unit", "MICROS", "MILLIS").Default("MICROS").Says("How finely parquet files keep timestamps.");

    public static readonly Option<OutOfRange> OutOfRange =
        Option.Enum<OutOfRange>("out_of_range").Default(Core.OutOfRange.Fail).Says("What becomes of a timestamp that parquet's unit cannot hold: the job fails and names the row, or the nearest one that fits is written, or null.");

    public static readonly Option<PrecisionLoss> PrecisionLoss =
        Option.Enum<PrecisionLoss>("precision_loss").Default(Core.PrecisionLoss.Warn).Says("What becomes of digits of a second that parquet's unit cannot hold: they are dropped, counted and told of in the log, or the job fails and names the row.");

    public static readonly Option<string> Encoding =
        Option.Text("encoding").Default("UTF-8").Says("How text, csv and json files write letters.");

    public static readonly Option<string> DateFormat =
        Option.Choice("date_format", FileSourceOptions.DateFormats).Default("yyyy-MM-dd").Says("How text and csv files write dates.");

    public static readonly Option<string> DateTimeFormat =
        Option.Choice("datetime_format", FileSourceOptions.DateTimeFormats).Default("yyyy-MM-dd HH:mm:ss").Says("How text and csv files write timestamps.");

    public static readonly Option<string> TimeFormat =
        Option.Choice("time_format", FileSourceOptions.TimeFormats).Default("HH:mm:ss").Says("How text and csv files write times of day.");

    public static readonly Option<int> MaxRowsInMemory = Option.Int("max_rows_in_memory").Says("Accepted for compatibility; rows are never kept in memory.");

    public static readonly Option<string> SheetName = Option.Text("sheet_name").Says("Accepted for compatibility: excel files only.");

    public static readonly Option<int> SheetMaxRows = Option.Int("sheet_max_rows").Says("Accepted for compatibility: excel files only.");

    public static readonly Option<bool> MergeUpdateEvent = Option.Bool("merge_update_event").Says("Accepted for compatibility: change formats only.");

    public static readonly OptionSet Set = new(
    [
        Path, TmpPath, CustomFilename, NameExpression, NameTimeFormat, Format, Extension, FieldDelimiter, RowDelimiter, HavePartition, PartitionBy, PartitionDirExpression,
        PartitionInFile, SinkColumns, Transaction, BatchSize, SingleFile, EmptyFile, CompressCodec, HeaderWrite, QuoteMode, NullFormat, TimestampAsInt96, FixedAsInt96, TimestampUnit, OutOfRange, PrecisionLoss,
        Encoding, DateFormat, DateTimeFormat, TimeFormat, MaxRowsInMemory, SheetName, SheetMaxRows, MergeUpdateEvent, SaveModeOptions.Schema, SaveModeOptions.Data,
    ],
    OptionRule.RequiredWhen(HavePartition, true, PartitionBy));
}
