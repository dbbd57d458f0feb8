namespace Chunnel.Bench;

/// <summary>One file into another: what a file bench measures.</summary>
internal sealed record FileWork(string Name, string From, string To)
{
    /// <summary>The filter of csv-to-csv: half of the rows.</summary>
    public const int LeastN = 500_000;

    /// <summary>What the profiles of all of them show (perf, 2 kHz).</summary>
    private const string Flat = "About 0.3 s of each run is the start of the process and the compiling of its loops; behind that the profile is flat, no loop of ours has more than a twentieth of the samples.";

    /// <summary>Columns and condition; everything when null.</summary>
    public string? Query { get; init; }

    /// <summary>Million rows a second that must be reached; 0: only the yardstick counts.</summary>
    public double LeastMillionRowsPerSecond { get; init; }

    /// <summary>MiB that the program's resident set may have; 0 where nothing was said.</summary>
    public double MostMiB { get; init; }

    public bool HasPlainLoop => From != "parquet" && To != "parquet";

    /// <summary>Why a target was missed, and what to try next.</summary>
    public string WhenMissed { get; init; } = "";

    public static IReadOnlyList<FileWork> All { get; } =
    [
        new("csv-to-csv", "csv", "csv") { Query = $"select id, name, price from orders where n >= {LeastN}", LeastMillionRowsPerSecond = 5, MostMiB = 150, WhenMissed = $"{Flat} Next: tell the reader which columns the query looks at; it parses `ts` for nothing." },
        new("csv-to-json", "csv", "json") { LeastMillionRowsPerSecond = 3, WhenMissed = $"{Flat} The writer is the slower of the two loops. Next: two encoders for one file, batches woven in order." },
        new("json-to-csv", "json", "csv") { LeastMillionRowsPerSecond = 2.5, WhenMissed = $"{Flat} The largest of them checks each row against the layout of the one before. Next: compare the names and commas of a row in wide steps." },
        new("csv-to-parquet", "csv", "parquet") { MostMiB = 200, WhenMissed = "Half of the writer's time is snappy and Arrow's encoders, and what they hold of a row group is most of the memory. Next: smaller row groups where no column has a dictionary." },
        new("parquet-to-csv", "parquet", "csv") { MostMiB = 200, WhenMissed = $"{Flat} Unpacking snappy is the largest single part. Next: read the next row group while this one is encoded." },
    ];
}
