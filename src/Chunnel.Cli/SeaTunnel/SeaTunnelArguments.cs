using Chunnel.Core;

namespace Chunnel.Cli.SeaTunnel;

/// <summary>
/// The flags of <c>seatunnel.sh</c>, read as its users and their schedulers write them (spec engine.md 14.1): exact spellings, a value
/// behind a blank or <c>=</c>, unknown ones ignored.
/// </summary>
internal sealed class SeaTunnelArguments
{
    private static readonly Dictionary<string, string> _flags = new(StringComparer.Ordinal)
    {
        ["-c"] = "config", ["--config"] = "config",
        ["-i"] = "variable", ["--variable"] = "variable",
        ["-m"] = "master", ["--master"] = "master", ["-e"] = "deploy-mode", ["--deploy-mode"] = "deploy-mode",
        ["-n"] = "name", ["--name"] = "name",
        ["-cn"] = "cluster", ["--cluster"] = "cluster",
        ["--set-job-id"] = "set-job-id",
        ["--async"] = "async",
        ["-cj"] = "close-job", ["--close-job"] = "close-job",
        ["--check"] = "check", ["--encrypt"] = "encrypt", ["--decrypt"] = "decrypt",
        ["-l"] = "list", ["--list"] = "list",
        ["-j"] = "job-id", ["--job-id"] = "job-id",
        ["-can"] = "cancel-job", ["--cancel-job"] = "cancel-job", ["--cancel"] = "cancel-job",
        ["-f"] = "force",
        ["-s"] = "savepoint", ["--savepoint"] = "savepoint",
        ["-r"] = "restore", ["--restore"] = "restore", ["--restore-job"] = "restore",
        ["--metrics"] = "metrics",
        ["--get_running_job_metrics"] = "get_running_job_metrics",
        ["-h"] = "help", ["--help"] = "help",
    };

    private static readonly HashSet<string> _switches =
        new(["async", "check", "encrypt", "decrypt", "list", "force", "get_running_job_metrics", "help"], StringComparer.Ordinal);

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>What is no flag and was passed over.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>What is wrong with the arguments themselves; null when nothing is.</summary>
    public string? Mistake { get; private set; }

    public bool IsEmpty => _values.Count == 0;

    public bool Has(string flag) => _values.ContainsKey(flag);

    /// <summary>The last value that was given.</summary>
    public string? this[string flag] => _values.TryGetValue(flag, out var values) && values.Count > 0 ? values[^1] : null;

    public IReadOnlyList<string> All(string flag) => _values.GetValueOrDefault(flag) ?? [];

    /// <summary>Ending the client leaves the job running: <c>-cj</c> without a value, or with <c>false</c>.</summary>
    public bool LeavesJobRunning => Has("close-job") && !string.Equals(this["close-job"], "true", StringComparison.OrdinalIgnoreCase);

    public static SeaTunnelArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new SeaTunnelArguments();
        for (var at = 0; at < args.Count && parsed.Mistake is null; at++) at = parsed.Take(args, at);
        return parsed;
    }

    /// <summary>What to say of arguments that mean nothing, each with the flag that may have been meant.</summary>
    public IEnumerable<string> Warnings => Unknown.Select(arg => $"'{arg}' is no option of seatunnel.sh and is ignored. {Nearest.DidYouMean(arg, _flags.Keys)}".TrimEnd());

    /// <summary>Takes the argument at a place; returns the last place that was used.</summary>
    private int Take(IReadOnlyList<string> args, int at)
    {
        var arg = args[at];
        var equals = arg.StartsWith("--", StringComparison.Ordinal) ? arg.IndexOf('=', StringComparison.Ordinal) : -1;
        if (!_flags.TryGetValue(equals > 0 ? arg[..equals] : arg, out var flag))
        {
            Unknown.Add(arg);
            return at;
        }
        if (!_values.TryGetValue(flag, out var values)) _values[flag] = values = [];
        if (_switches.Contains(flag)) return at;
        if (equals > 0)
        {
            values.Add(arg[(equals + 1)..]);
            return at;
        }
        if (flag == "close-job")
        {
            if (at + 1 < args.Count && bool.TryParse(args[at + 1], out _)) values.Add(args[++at]);
            return at;
        }
        if (at + 1 >= args.Count)
        {
            Mistake = $"Expected a value after parameter {arg}";
            return at;
        }
        values.Add(args[++at]);
        if (flag == "cancel-job")
        {
            while (at + 1 < args.Count && !args[at + 1].StartsWith('-')) values.Add(args[++at]);
        }
        return at;
    }
}
