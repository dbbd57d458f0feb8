namespace Chunnel.Bench;

/// <summary>The orders as files under <c>bench/data</c>: made once for each number of rows, then used again.</summary>
internal sealed class OrderFiles(BenchFolders folders, int rows)
{
    public int Rows => rows;

    public string Csv => Make("csv", Orders.WriteCsv);

    public string Json => Make("json", Orders.WriteJson);

    /// <summary>Written by DuckDB, so that no reader here reads the work of its own house.</summary>
    public string Parquet
    {
        get
        {
            var path = PathOf("parquet");
            if (!File.Exists(path)) Finish(path, half => ChildProcess.Run(BenchFolders.Self, ["--child", "duck", "2", Duck.Copy("csv", Csv, null, "parquet", half)]));
            return path;
        }
    }

    public string Of(string format) => format switch { "csv" => Csv, "json" => Json, _ => Parquet };

    private string PathOf(string format) => Path.Combine(folders.Data, $"orders-{rows}.{format}");

    private string Make(string format, Action<Stream, int> write)
    {
        var path = PathOf(format);
        if (File.Exists(path)) return path;
        Finish(path, half =>
        {
            using var file = File.Create(half);
            write(file, rows);
        });
        return path;
    }

    /// <summary>A file that was broken off must not be taken for a whole one.</summary>
    private static void Finish(string path, Action<string> write)
    {
        Console.WriteLine($"making {path}");
        var half = path + ".half";
        write(half);
        File.Move(half, path);
    }
}
