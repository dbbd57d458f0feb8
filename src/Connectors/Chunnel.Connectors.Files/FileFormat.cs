using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>A file format: its name in a job, the extension that a sink gives, and what this build can do with it.</summary>
public sealed record FileFormat(string Name, string Extension)
{
    public static readonly FileFormat Text = new("text", "txt") { CanRead = true, CanWrite = true };
    public static readonly FileFormat Csv = new("csv", "csv") { CanRead = true, CanWrite = true };
    public static readonly FileFormat Json = new("json", "json") { CanRead = true, CanWrite = true };
    public static readonly FileFormat Parquet = new("parquet", "parquet") { CanRead = true, CanWrite = true };
    public static readonly FileFormat Orc = new("orc", "orc");
    public static readonly FileFormat Excel = new("excel", "xlsx") { CanRead = true };
    public static readonly FileFormat Xml = new("xml", "xml") { CanRead = true };
    public static readonly FileFormat Binary = new("binary", "");
    public static readonly FileFormat Avro = new("avro", "avro");
    public static readonly FileFormat Markdown = new("markdown", "md");
    public static readonly FileFormat CanalJson = new("canal_json", "canal_json");
    public static readonly FileFormat DebeziumJson = new("debezium_json", "debezium_json");
    public static readonly FileFormat MaxwellJson = new("maxwell_json", "maxwell_json");

    public static readonly IReadOnlyList<FileFormat> All =
        [Text, Csv, Json, Parquet, Orc, Excel, Xml, Binary, Avro, Markdown, CanalJson, DebeziumJson, MaxwellJson];

    public static string[] Names => [.. All.Select(format => format.Name)];

    public bool CanRead { get; init; }

    public bool CanWrite { get; init; }

    /// <summary>True for the formats that are lines of bytes: encodings, delimiters and codecs around the whole file apply.</summary>
    public bool IsLines => this == Text || this == Csv || this == Json;

    public static FileFormat Of(string name) => All.First(format => format.Name == name);

    /// <summary>What a job is told that asks for a format which this build does not have.</summary>
    public Problem NotSupported(string connector, string reading, TextPosition where)
    {
        var usable = All.Where(format => reading == "read" ? format.CanRead : format.CanWrite).Select(format => format.Name);
        return new Problem(FileErrors.FormatNotSupported, $"{connector} cannot {reading} the format '{Name}' in this build.") { Where = where, Mend = $"It can {reading}: {string.Join(", ", usable)}." };
    }

    public override string ToString() => Name;
}
