using Chunnel.Core;
using Chunnel.Formats;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>What a file source can be told (spec connectors.md 6.2).</summary>
public static class FileSourceOptions
{
    public static readonly Option<string> Path =
        Option.Text("path").Says("A file, or a folder that is read with all that lies below it.");

    public static readonly Option<string> Format =
        Option.Choice("file_format_type", FileFormat.Names).Says("What the files hold.");

    public static readonly Option<SettingsObject> Schema =
        Option.Object("schema").Says("Columns and types of the rows. Without one, text and json give each line as one column 'content'; parquet brings its own.");

    public static readonly Option<string> FieldDelimiter =
        Option.Text("field_delimiter").Old("delimiter").Says("What stands between two fields: \\u0001 for text, a comma for csv. Taken literally; one leading backslash is accepted.");

    public static readonly Option<string> FieldDelimiterRegex =
        Option.Text("field_delimiter_regex").Says("A regular expression that matches what stands between two fields of text; slower than 'field_delimiter', which it replaces.");

    public static readonly Option<string> RowDelimiter =
        Option.Text("row_delimiter").Says("What stands between two rows of text; a line break when not set.");

    public static readonly Option<string> Encoding =
        Option.Text("encoding").Default("UTF-8").Says("How text, csv and json files write letters, such as UTF-8 or gbk.");

    public static readonly Option<string> NullFormat =
        Option.Text("null_format").Says("The text that means null, such as \\N. When not set, or set to an empty text, an unquoted empty field is null.");

    public static readonly Option<string> DateFormat =
        Option.Choice("date_format", DateFormats).Default("yyyy-MM-dd").Says("How dates are written.");

    public static readonly Option<string> DateTimeFormat =
        Option.Choice("datetime_format", DateTimeFormats).Default("yyyy-MM-dd HH:mm:ss").Says("How timestamps are written.");

    public static readonly Option<string> TimeFormat =
        Option.Choice("time_format", TimeFormats).Default("HH:mm:ss").Says("How times of day are written.");

    public static readonly Option<long> SkipHeaderRows =
        Option.Long("skip_header_row_number").Default(0).AtLeast(0L).Says("Rows to leave out at the start of each text or csv file.");

    public static readonly Option<bool> UseHeaderLine =
        Option.Bool("csv_use_header_line").Default(false).Says("Take the columns of csv files by the names in their first row.");

    public static readonly Option<string> QuoteChar =
        Option.Text("quote_char").Default("\"").Must(OneByte).Says("What csv fields are quoted with.");

    public static readonly Option<string> EscapeChar =
        Option.Text("escape_char").Must(OneByte).Says("What makes the next letter within csv quotes literal, such as a backslash; when not set, a doubled quote stands for one.");

    public static readonly Option<bool> ParsePartitions =
        Option.Bool("parse_partition_from_path").Default(true).Says("Give the k=v folders of a file's path as columns of type string.");

    public static readonly Option<IReadOnlyList<string>> ReadPartitions =
        Option.TextList("read_partitions").Says("Read only these partition folders, such as dt=2024-05-01.");

    public static readonly Option<IReadOnlyList<string>> ReadColumns =
        Option.TextList("read_columns").Says("Read only these columns, in this order.");

    public static readonly Option<string> FilterPattern =
        Option.Text("file_filter_pattern").Must(FileFilter.WrongWith).Says("A regular expression that a file's whole name matches; one with a slash in it matches the whole path.");

    public static readonly Option<string> Extension =
        Option.Text("filename_extension").Says("Read only files with this extension.");

    public static readonly Option<string> CompressCodec =
        Option.Choice("compress_codec", [.. StreamCodecs.Names]).Default("none").Says("How text, csv and json files are compressed. Parquet says so itself.");

    public static readonly Option<ArchiveKind> ArchiveCodec =
        Option.Enum<ArchiveKind>("archive_compress_codec").Default(ArchiveKind.None).Says("The files are archives, whose members are read as files.");

    public static readonly Option<string> ModifiedStart =
        Option.Text("file_filter_modified_start").Must(WrongTime).Says("Read only files changed at this local time or later, written yyyy-MM-dd HH:mm:ss.");

    public static readonly Option<string> ModifiedEnd =
        Option.Text("file_filter_modified_end").Must(WrongTime).Says("Read only files changed before this local time.");

    public static readonly Option<bool> Split =
        Option.Bool("enable_file_split").Says("Share one large text, csv, json or parquet file among readers. When not set: when there are several readers and the file has 128 MiB or more.");

    public static readonly Option<long> SplitBytes =
        Option.Long("file_split_size").Default(128L << 20).AtLeast(1L).Says("Bytes of one share of a split file.");

    public static readonly Option<PrecisionLoss> PrecisionLoss =
        Option.Enum<PrecisionLoss>("precision_loss").Default(Core.PrecisionLoss.Warn).Says("What becomes of a decimal with more places than its column has: it is rounded, counted and told of in the log, or the row does not fit and bad_rows says what happens.");

    public static readonly Option<BadRows> BadRowsMode =
        Option.Enum<BadRows>("bad_rows").Default(BadRows.Fail).Says("What happens to a row that does not fit: 'fail' refuses it, which ends the job naming file, line and value unless dead_letter.policy says otherwise; 'skip' leaves the row out and counts it.");

    public static readonly Option<string> SheetName =
        Option.Text("sheet_name").Says("The sheet of excel files that is read; the first when not set.");

    public static readonly Option<string> ExcelEngine =
        Option.Choice("excel_engine", "POI", "EasyExcel").Default("POI").Says("Accepted for compatibility: there is one reader of excel files, which streams.");

    public static readonly Option<string> XmlRowTag =
        Option.Text("xml_row_tag").Says("The name of the xml elements that are rows.");

    public static readonly Option<bool> XmlUseAttributes =
        Option.Bool("xml_use_attr_format").Says("Whether the values of xml rows are attributes (true) or child elements (false).");

    public static readonly Option<IReadOnlyList<SettingsObject>> Tables =
        Option.ObjectList("tables_configs").Old("table_list").Says("Several tables in one source, each with a complete set of these options.");

    /// <summary>Options that describe the rows of one table; each entry of <c>tables_configs</c> has them anew.</summary>
    public static readonly IReadOnlyList<OptionDescription> OfTable =
    [
        Path, Format, Schema, FieldDelimiter, FieldDelimiterRegex, RowDelimiter, Encoding, NullFormat, DateFormat, DateTimeFormat, TimeFormat, SkipHeaderRows, UseHeaderLine,
        QuoteChar, EscapeChar, ParsePartitions, ReadPartitions, ReadColumns, FilterPattern, Extension, CompressCodec, ArchiveCodec, ModifiedStart, ModifiedEnd,
        Split, SplitBytes, BadRowsMode, PrecisionLoss, SheetName, ExcelEngine, XmlRowTag, XmlUseAttributes,
    ];

    internal static string[] DateFormats => ["yyyy-MM-dd", "yyyy.MM.dd", "yyyy/MM/dd"];

    internal static string[] TimeFormats => ["HH:mm:ss", "HH:mm:ss.SSS"];

    internal static string[] DateTimeFormats =>
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.SSSSSS", "yyyy.MM.dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss", "yyyyMMddHHmmss",
        "yyyy-MM-dd HH:mm:ss.SSS", "yyyy-MM-dd HH:mm:ss.SSSSSSSSS", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS",
    ];

    private static string? OneByte(string value) =>
        value is [< '\u0080'] ? null : $"The value '{value}' must be one ASCII character.";

    private static string? WrongTime(string value) =>
        FileFilter.TryReadTime(value, TimeZoneInfo.Utc, out _) ? null : $"The value '{value}' is no time. Write it as yyyy-MM-dd HH:mm:ss.";
}
