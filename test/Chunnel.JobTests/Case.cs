using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>A field case: a folder with a job, its data, and <c>expect.json</c>, the right result in a form that a program can check.</summary>
public sealed class Case : IDisposable
{
    private readonly JsonDocument _expect;

    private Case(string folder)
    {
        Folder = folder;
        _expect = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expect.json")));
    }

    /// <summary>All cases stand here, copied beside the test program.</summary>
    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "cases");

    public string Folder { get; }

    public string Name => Path.GetFileName(Folder);

    public JsonElement Expect => _expect.RootElement;

    public string Area => Expect.GetProperty("area").GetString()!;

    /// <summary>True when the case is told over REST.</summary>
    public bool IsRest => Expect.TryGetProperty("rest", out _);

    /// <summary>True when the case's jobs reach a PostgreSQL.</summary>
    public bool NeedsPostgres => Expect.TryGetProperty("needs", out var needs) && needs.EnumerateArray().Any(need => need.GetString() == "pg");

    /// <summary>The runs in order; a case without any runs <c>job.conf</c>.</summary>
    public IEnumerable<CaseRunOrder> Runs
    {
        get
        {
            if (!Expect.TryGetProperty("run", out var runs)) return [new CaseRunOrder("job.conf", [], new Dictionary<string, string>())];
            return runs.EnumerateArray().Select(run => new CaseRunOrder(
                run.GetProperty("job").GetString()!,
                run.TryGetProperty("args", out var args) ? [.. args.EnumerateArray().Select(arg => arg.GetString()!)] : [],
                run.TryGetProperty("env", out var env) ? env.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!) : new Dictionary<string, string>())
            {
                End = run.TryGetProperty("end", out var end) ? end.GetString() : null,
                Says = run.TryGetProperty("error_all", out var words) ? [.. words.EnumerateArray().Select(word => word.GetString()!)] : [],
            });
        }
    }

    public static Case Open(string name) => new(Path.Combine(Root, name));

    public void Dispose() => _expect.Dispose();
}

/// <summary>One call of the program.</summary>
public sealed record CaseRunOrder(string Job, IReadOnlyList<string> Args, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>How this run ends, where runs of a case end differently.</summary>
    public string? End { get; init; }

    /// <summary>Words that this run's message holds.</summary>
    public IReadOnlyList<string> Says { get; init; } = [];
}
