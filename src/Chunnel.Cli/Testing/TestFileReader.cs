using System.Collections;
using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Cli.Testing;

/// <summary>Reads a test, all its mistakes in one answer.</summary>
internal static class TestFileReader
{
    private const int DefaultRestarts = 2;
    private const string What = "test";

    private static readonly Option<string> _job = Option.Text("job").IsRequired().Says("The job's file, beside the test.");
    private static readonly Option<IReadOnlyDictionary<string, string>> _variables = Option.TextMap("variables").Says("Variables of the job.");
    private static readonly Option<IReadOnlyList<SettingsObject>> _sources = Option.ObjectList("sources").Says("What sources give.");
    private static readonly Option<IReadOnlyList<SettingsObject>> _sinks = Option.ObjectList("sinks").Says("What sinks must get.");
    private static readonly Option<string> _error = Option.Text("error").Says("What the job's error must hold, in place of sinks.");
    private static readonly Option<long> _seed = Option.Long("seed").Says("Runs the job once more in small batches, failing and going on by this chance.");
    private static readonly Option<int> _restarts = Option.Int("restarts").Default(DefaultRestarts).AtLeast(0).AtMost(20).Says("With seed: how often it fails.");

    private static readonly Option<string> _source = Option.Text("source").Says("The source, by its plugin_output, its name in the plan or its plug-in.");
    private static readonly Option<SettingsObject> _schema = Option.Object("schema").Says("The table; unset, the source's own schema.");
    private static readonly Option<IReadOnlyList<SettingsObject>> _rows = Option.ObjectList("rows").Says("The rows, each { kind, fields }.");

    private static readonly Option<string> _sink = Option.Text("sink").Says("The sink, by its plugin_input, its name in the plan or its plug-in.");
    private static readonly Option<string> _table = Option.Text("table").Says("The table, if the sink gets several.");
    private static readonly Option<string> _order = Option.Choice("order", "any", "exact").Default("any").Says("Whether the order of rows matters.");
    private static readonly Option<IReadOnlyList<string>> _ignore = Option.TextList("ignore").Default([]).Says("Columns that are not looked at.");

    private static readonly OptionSet _ofFile = new([_job, _variables, _sources, _sinks, _error, _seed, _restarts]);
    private static readonly OptionSet _ofSource = new([_source, _schema, _rows]);
    private static readonly OptionSet _ofSink = new([_sink, _table, _order, _ignore, _rows]);

    /// <summary>The test, and what is to be said about it; null where that is a mistake.</summary>
    public static (TestFile? Test, IReadOnlyList<Problem> Problems) Read(string path)
    {
        var problems = new List<Problem>();
        var text = JobLoader.ReadFile(path) with
        {
            Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
        };
        var root = JobLoader.ReadSettings(text, problems);
        if (root is null || problems.Exists(IsMistake)) return (null, problems);
        problems.AddRange(_ofFile.Check(root, What, []));
        if (problems.Exists(IsMistake)) return (null, problems);
        var given = Elements(_sources, root).Select(element => Given(element, problems)).ToList();
        var expected = Elements(_sinks, root).Select(element => Expected(element, problems)).ToList();
        var error = _error.TryRead(root, out var asked) ? asked : null;
        if (error is null == (expected.Count == 0))
        {
            problems.Add(new Problem(CommonErrors.OptionValidateFailed, error is null ? "The test expects nothing: it has neither 'sinks' nor 'error'." : "The test has both 'sinks' and 'error'.")
            {
                Where = root.Where, Mend = "Write sinks = [{ rows = [...] }] with what the sinks must get, or error = \"...\" with what the job must fail with.",
            });
        }
        if (problems.Exists(IsMistake)) return (null, problems);
        return (new TestFile
        {
            Path = path,
            Job = Path.Combine(Path.GetDirectoryName(path) ?? "", _job.Read(root)),
            Variables = _variables.TryRead(root, out var variables) ? [.. variables.Select(pair => $"{pair.Key}=\"{pair.Value}\"")] : [],
            Given = given,
            Expected = expected,
            Error = error,
            Seed = _seed.TryRead(root, out var seed) ? seed : null,
            Restarts = _restarts.Read(root),
        }, problems);
    }

    private static IReadOnlyList<SettingsObject> Elements(Option<IReadOnlyList<SettingsObject>> option, SettingsObject root) => option.TryRead(root, out var elements) ? elements : [];

    private static GivenTable Given(SettingsObject element, List<Problem> problems)
    {
        var found = _ofSource.Check(element, What, []);
        problems.AddRange(found);
        return found.Any(IsMistake) ? new GivenTable(null, element, []) : new GivenTable(_source.TryRead(element, out var source) ? source : null, element, Rows(element, problems));
    }

    private static ExpectedTable Expected(SettingsObject element, List<Problem> problems)
    {
        var found = _ofSink.Check(element, What, []);
        problems.AddRange(found);
        var isWrong = found.Any(IsMistake);
        return new ExpectedTable
        {
            Sink = !isWrong && _sink.TryRead(element, out var sink) ? sink : null,
            Table = !isWrong && _table.TryRead(element, out var table) ? table : null,
            InOrder = !isWrong && _order.Read(element) == "exact",
            Ignored = isWrong ? [] : _ignore.Read(element),
            Rows = isWrong ? [] : Rows(element, problems),
            Where = element.Where,
        };
    }

    private static List<TestRow> Rows(SettingsObject element, List<Problem> problems)
    {
        var rows = new List<TestRow>();
        if (!_rows.TryRead(element, out var written)) return rows;
        foreach (var row in written)
        {
            var kind = row.Find("kind") is { } entry ? SettingsConvert.ToText(entry.Value).Trim() : RowKind.Insert.ToFullText();
            if (!RowKinds.TryParse(kind, out var known)) problems.Add(Wrong(row, $"'{kind}' is no kind of row.", "They are INSERT, UPDATE_BEFORE, UPDATE_AFTER and DELETE; INSERT if unset."));
            else if (row.Find("fields")?.Value is not (SettingsList or SettingsObject)) problems.Add(Wrong(row, "The row has no fields.", "Write fields = [...] with all values, or fields = { name = value } with some."));
            else rows.Add(new TestRow(known, row.Find("fields")!.Value));
        }
        return rows;
    }

    private static Problem Wrong(SettingsNode at, string what, string mend) => new(CommonErrors.OptionValidateFailed, what) { Where = at.Where, Mend = mend };

    private static bool IsMistake(Problem problem) => problem.Severity == Severity.Error;
}
