using System.Reflection;
using System.Text;

namespace Chunnel.JobTests;

/// <summary>The faults that are tried, and the page that lists them.</summary>
internal static class FaultMatrix
{
    public const string Exactly = "exactly the rows of the source";

    public const string NothingPrepared = "exactly the rows of the source, no transaction left prepared";

    /// <summary>By place: what happens there.</summary>
    private static readonly (string Point, string What)[] _places =
    [
        ("barrier.enter", "a barrier comes to the enumerator"),
        ("barrier.leave", "the enumerator has passed it on to the readers"),
        ("reader.snapshot", "a reader has its position"),
        ("writer.prepare.before", "a writer is to flush what it wrote"),
        ("writer.prepare.after", "it has"),
        ("ack.before", "a task is to acknowledge"),
        ("ack.after", "it has"),
        ("committer.combine", "what all writers prepared is put together"),
        ("checkpoint.store.before", "the states are to be written"),
        ("checkpoint.store.after", "they are"),
        ("checkpoint.link.before", "the log has the checkpoint, its file has no name yet"),
        ("checkpoint.link.after", "it has one, nobody was told"),
        ("notify.before", "the checkpoint is complete, tasks are to be told"),
        ("notify.after", "they are"),
        ("commit.before", "the commit begins"),
        ("file.move", "a file is to be moved to its place"),
        ("commit.after", "all files are in their places, nobody knows"),
    ];

    /// <summary>Decisions, in the order in which a job appends them.</summary>
    private const int Appends = 6;

    public static IEnumerable<string> Kills =>
    [
        .. _places.Select(place => $"{place.Point}=kill@{(place.Point.StartsWith("writer", StringComparison.Ordinal) ? 3 : 2)}"),
        .. Enumerable.Range(1, Appends).SelectMany(number => new[] { $"log.append.before=kill@{number}", $"log.append.after=kill@{number}" }),
        "checkpoint.clean.before=kill@1",
        "checkpoint.clean.after=kill@1",
        "history.keep.before=kill@1",
        "history.keep.after=kill@1",
    ];

    public static IEnumerable<string> Failures =>
        from point in (string[])["reader.snapshot", "writer.prepare.before", "writer.prepare.after", "committer.combine", "checkpoint.store.before", "checkpoint.store.after", "commit.before", "file.move", "commit.after"]
        select $"{point}=fail@2";

    /// <summary>docs/faults.md lists exactly these; with CHUNNEL_WRITE_DOCS it is written.</summary>
    public static void CheckPage()
    {
        var page = Page();
        var path = Path.Combine(Repository(), "docs", "faults.md");
        if (Environment.GetEnvironmentVariable("CHUNNEL_WRITE_DOCS") is { Length: > 0 }) File.WriteAllText(path, page);
        File.ReadAllText(path).ShouldBe(page);
    }

    private static string Page()
    {
        var text = new StringBuilder("""
            # Faults

            What is broken on purpose in every test run, and what must come of it. The jobs copy numbered rows, most of them with two readers and a
            checkpoint every 60 ms; the target is looked at from outside, and nothing may lie about that is no result. Written by
            `test/Chunnel.JobTests/Faults`, of the tests themselves; a run that is green has seen every line. `./build.sh soak` does it thousands of times.

            | Fault | Where, or when | Must come of it | Test |
            |---|---|---|---|

            """);
        foreach (var (test, fault) in Tests()) text.Append($"| {fault.What} | {fault.When} | {fault.ComesOfIt} | `{test.DeclaringType!.Name}.{test.Name}` |\n");
        foreach (var fault in Kills.Select(point => (Point: point, Test: nameof(FailPointTests.Killed_at_a_place_it_comes_back_whole))).Concat(Failures.Select(point => (Point: point, Test: nameof(FailPointTests.A_call_that_fails_costs_an_attempt_and_no_row)))))
        {
            var (name, action, number) = (fault.Point.Split('=')[0], fault.Point.Split('=')[1].Split('@')[0], fault.Point.Split('@')[1]);
            var where = _places.FirstOrDefault(place => place.Point == name).What ?? (name.StartsWith("log", StringComparison.Ordinal) ? "a decision goes into the control log" : name.StartsWith("history", StringComparison.Ordinal) ? "the ended job goes into the history" : "checkpoints of the ended job are removed");
            text.Append($"| {(action == "kill" ? "The node dies" : "The call fails")} at `{name}`, time {number} | {where} | {Exactly} | `{fault.Test}` |\n");
        }
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Tests that say what they break, in the order of their classes and of the page.</summary>
    private static IEnumerable<(MethodInfo Test, FaultAttribute Fault)> Tests() => typeof(FaultMatrix).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .SelectMany(test => test.GetCustomAttributes<FaultAttribute>(), (test, fault) => (Test: test, Fault: fault))
        .OrderBy(line => line.Test.DeclaringType!.Name, StringComparer.Ordinal)
        .ThenBy(line => line.Fault.What, StringComparer.Ordinal)
        .ThenBy(line => line.Fault.When, StringComparer.Ordinal);

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Chunnel.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
