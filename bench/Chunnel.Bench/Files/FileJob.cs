namespace Chunnel.Bench;

/// <summary>Writes the jobs that the program runs.</summary>
internal static class FileJob
{
    private const string Schema = "schema { fields { id = bigint, n = int, price = double, name = string, ts = timestamp } }";

    /// <summary>The work as a job with one reader and one writer.</summary>
    public static string Copy(FileWork work, string input, string output) => $$"""
        env { job.mode = "BATCH", parallelism = 1 }
        {{Source(work.From, input)}}
        {{(work.Query is null ? "" : $$"""transform { Sql { plugin_input = "orders", plugin_output = "chosen", query = "{{work.Query}}" } }""")}}
        sink {
          LocalFile {
            plugin_input = "{{(work.Query is null ? "orders" : "chosen")}}"
            path = "{{Path.Combine(output, "out")}}"
            tmp_path = "{{Path.Combine(output, "tmp")}}"
            file_format_type = "{{work.To}}"
            single_file_mode = true
            compress_codec = "{{(work.To == "parquet" ? "snappy" : "none")}}"
          }
        }
        """;

    /// <summary>The reader alone: rows end at a sink that drops them.</summary>
    public static string ReadOnly(FileWork work, string input) => $$"""
        env { job.mode = "BATCH", parallelism = 1 }
        {{Source(work.From, input)}}
        sink { Console { plugin_input = "orders", log.print.data = false } }
        """;

    private static string Source(string format, string input) => $$"""
        source { LocalFile { plugin_output = "orders", path = "{{input}}", file_format_type = "{{format}}", {{(format == "parquet" ? "" : Schema)}} } }
        """;
}
