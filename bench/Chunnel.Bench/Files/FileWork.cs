namespace Chunnel.Bench;

/// <summary>One file into another: what a file bench measures.</summary>
internal sealed record FileWork(string Name, string From, string To)
{
    /// <summary>The filter of csv-to-csv: half of the rows.</summary>
    public const int LeastN = 500_000;

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
        new("csv-to-csv", "csv", "csv") { Query = $"select id, name, price from orders where n >= {LeastN}", LeastMillionRowsPerSecond = 5, MostMiB = 150 },
        new("csv-to-json", "csv", "json") { LeastMillionRowsPerSecond = 3 },
        new("json-to-csv", "json", "csv") { LeastMillionRowsPerSecond = 2.5 },
        new("csv-to-parquet", "csv", "parquet") { MostMiB = 200 },
        new("parquet-to-csv", "parquet", "csv") { MostMiB = 200 },
    ];
}
