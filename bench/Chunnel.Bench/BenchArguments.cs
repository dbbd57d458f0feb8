using System.Globalization;

namespace Chunnel.Bench;

/// <summary>What to measure: <c>[NAME ...] [--rows N] [--runs N] [--results DIR] [--program FILE]</c>.</summary>
internal sealed record BenchArguments
{
    public const int DefaultRows = 5_000_000;
    private const int LeastRuns = 3;

    /// <summary>Names of benches; all of them when empty.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Rows of the files.</summary>
    public int Rows { get; private set; } = DefaultRows;

    /// <summary>Runs of each contender, in turn with the others.</summary>
    public int Runs { get; private set; } = LeastRuns;

    /// <summary>Where the result pages go; <c>bench/results</c> when absent and the rows are the usual ones, else <c>artifacts/bench</c>.</summary>
    public string? Results { get; private set; }

    /// <summary>The program to measure; the published one when absent.</summary>
    public string? Program { get; private set; }

    /// <summary>Other than the usual rows: a look whether all of it works.</summary>
    public bool IsTry => Rows != DefaultRows;

    /// <exception cref="ArgumentException">An option is unknown or its value is missing or wrong.</exception>
    public static BenchArguments Parse(string[] arguments)
    {
        var parsed = new BenchArguments();
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--rows": parsed.Rows = Number(arguments, ++i, 1_000); break;
                case "--runs": parsed.Runs = Number(arguments, ++i, 1); break;
                case "--results": parsed.Results = Value(arguments, ++i); break;
                case "--program": parsed.Program = Value(arguments, ++i); break;
                case var name when name.StartsWith('-'): throw new ArgumentException($"'{name}' is no option. There are --rows N, --runs N, --results DIR and --program FILE.");
                case var name: parsed.Names.Add(name); break;
            }
        }
        // Figures of a small try must not replace those that are committed.
        if (parsed.IsTry) parsed.Results ??= Path.Combine("artifacts", "bench");
        return parsed;
    }

    private static string Value(string[] arguments, int at) =>
        at < arguments.Length ? arguments[at] : throw new ArgumentException($"'{arguments[^1]}' wants a value.");

    private static int Number(string[] arguments, int at, int least) =>
        int.TryParse(Value(arguments, at), CultureInfo.InvariantCulture, out var number) && number >= least ? number
        : throw new ArgumentException($"'{arguments[at - 1]}' wants a number from {least}, not '{arguments[at]}'.");
}
