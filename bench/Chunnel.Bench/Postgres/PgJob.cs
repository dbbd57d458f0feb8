namespace Chunnel.Bench.Postgres;

/// <summary>Writes the jobs that the program runs: one reader, one writer.</summary>
internal static class PgJob
{
    public static string TableToTable(string url, string password, string from, string to, string more, int? checkpointMillis = null) => $$"""
        env { job.mode = "BATCH", parallelism = 1{{(checkpointMillis is { } millis ? $", checkpoint.interval = {millis}" : "")}} }
        source { Jdbc { {{Connection(url, password)}}, table_path = "public.{{from}}" } }
        sink { Jdbc { {{Connection(url, password)}}, {{Into(to)}}{{more}} } }
        """;

    public static string TableToCsv(string url, string password, string from, string folder) => $$"""
        env { job.mode = "BATCH", parallelism = 1 }
        source { Jdbc { {{Connection(url, password)}}, table_path = "public.{{from}}" } }
        sink { LocalFile { path = "{{Path.Combine(folder, "out")}}", tmp_path = "{{Path.Combine(folder, "tmp")}}", file_format_type = "csv", single_file_mode = true } }
        """;

    public static string CsvToTable(string url, string password, string csv, string to) => $$"""
        env { job.mode = "BATCH", parallelism = 1 }
        source { LocalFile { path = "{{csv}}", file_format_type = "csv", schema { fields { id = bigint, n = int, price = double, name = string, ts = timestamp } } } }
        sink { Jdbc { {{Connection(url, password)}}, {{Into(to)}} } }
        """;

    private static string Connection(string url, string password) => $"url = \"{url}\", user = \"{Chunnel.TestKit.PostgresServer.User}\", password = \"{password}\"";

    private static string Into(string table) => $"generate_sink_sql = true, database = \"bench\", table = \"public.{table}\", schema_save_mode = \"IGNORE\"";
}
