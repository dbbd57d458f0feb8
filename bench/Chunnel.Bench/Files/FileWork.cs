namespace Chunnel.Bench;

/// <summary>One file into another: what a file bench measures.</summary>
internal sealed record FileWork(string Name, string From, string To)
{
    /// <summary>The filter of csv-to-csv: half of the rows.</summary>
    public const int LeastN = 500_000;

    /// <summary>What the profiles of all of them can tell (perf, 2 kHz, the self-contained program, on a busy machine).</summary>
    private const string Profile = "The start of the process is about 0.3 s of each run. Two fifths to half of the samples lie in the program's image, where precompiled code, the runtime and its compiler have no names: this profile does not divide them.";

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
        new("csv-to-csv", "csv", "csv") { Query = $"select id, name, price from orders where n >= {LeastN}", LeastMillionRowsPerSecond = 5, MostMiB = 150, WhenMissed = $"{Profile} With names, the scanner for commas is first, 4 %. Next: tell the reader which columns the query looks at; the planner does not, so `ts` is parsed for nothing." },
        new("csv-to-json", "csv", "json") { LeastMillionRowsPerSecond = 3, WhenMissed = $"{Profile} With names, writing doubles is first, 3 %; the reader alone takes about half the time of the job, so the writer holds it up. Next: a profile with names for the image, then two encoders for one file, in order." },
        new("json-to-csv", "json", "csv") { LeastMillionRowsPerSecond = 2.5, WhenMissed = $"{Profile} With names, checking each row against the layout of the one before is first, 8 %. Next: compare the names and commas of a row in wide steps." },
        new("csv-to-parquet", "csv", "parquet") { MostMiB = 200, WhenMissed = $"{Profile} The Parquet library has 21 % of the samples, 14 % snappy alone; the kernel 26 %, a third of it clearing fresh pages. Next: smaller row groups where no column has a dictionary." },
        new("parquet-to-csv", "parquet", "csv") { MostMiB = 200, WhenMissed = $"{Profile} With names, unpacking snappy is first, 8 %. Next: read the next row group while this one is encoded." },
    ];
}
