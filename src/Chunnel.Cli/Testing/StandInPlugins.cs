using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Testing;

/// <summary>What takes the places of a job's sources and sinks in one run of a test.</summary>
internal sealed class StandInPlugins
{
    private readonly Dictionary<PluginBlock, GivenPlugin> _sources = [];
    private readonly Dictionary<PluginBlock, CollectingPlugin> _sinks = [];

    /// <exception cref="ProblemsException">Rows are given that no source takes, or that do not fit it.</exception>
    public StandInPlugins(TestFile test, JobDefinition job, FaultPlan? faults)
    {
        var problems = new List<Problem>();
        foreach (var given in test.Given.Where(given => SourceOf(given, job) is null))
        {
            problems.Add(Unknown("source", given.Source, job.Sources, given.Settings.Where));
        }
        foreach (var block in job.Sources)
        {
            var tables = TablesOf(block, [.. test.Given.Where(given => SourceOf(given, job) == block)], problems);
            _sources[block] = new GivenPlugin(block.PluginName, tables, faults);
        }
        foreach (var expected in test.Expected.Where(expected => SinkOf(expected, job) is null)) problems.Add(Unknown("sink", expected.Sink, job.Sinks, expected.Where));
        PluginBlock[] sinks = [.. job.Sinks, .. job.Env.DeadLetters.Sink is { } letters ? [letters] : Array.Empty<PluginBlock>()];
        foreach (var block in sinks) _sinks[block] = new CollectingPlugin(block.PluginName, faults);
        if (problems.Count > 0) throw new ProblemsException(problems);
        StandIns = new StandIns { Source = block => _sources[block], Sink = block => _sinks[block] };
    }

    public StandIns StandIns { get; }

    /// <summary>What the sink got that a test expects rows of.</summary>
    public CollectingPlugin Collected(ExpectedTable expected, JobDefinition job) => _sinks[SinkOf(expected, job)!];

    public static PluginBlock? SinkOf(ExpectedTable expected, JobDefinition job) => Find(expected.Sink, job.Sinks, block => block.Inputs);

    private static PluginBlock? SourceOf(GivenTable given, JobDefinition job) => Find(given.Source, job.Sources, block => block.Output is { } output ? [output] : []);

    /// <summary>The one block of that name; without a name, the one block.</summary>
    private static PluginBlock? Find(string? name, IReadOnlyList<PluginBlock> blocks, Func<PluginBlock, IEnumerable<string>> names)
    {
        var found = name is null ? blocks : [.. blocks.Where(block => block.ActionName == name || names(block).Contains(name))];
        if (name is not null && found.Count == 0) found = [.. blocks.Where(block => block.PluginName.Equals(name, StringComparison.OrdinalIgnoreCase))];
        return found.Count == 1 ? found[0] : null;
    }

    private static List<(TableSchema, IReadOnlyList<TestRow>)> TablesOf(PluginBlock block, IReadOnlyList<GivenTable> given, List<Problem> problems)
    {
        var tables = new List<(TableSchema, IReadOnlyList<TestRow>)>();
        foreach (var (settings, rows) in given.Count > 0 ? given.Select(one => (one.Settings, one.Rows)) : [(block.Options, [])])
        {
            try
            {
                var described = settings.Find("schema") is not null || block.Options.Find("schema") is null ? settings : block.Options;
                var table = SchemaReader.Read(described, block.Output);
                TestRows.ToBatch(rows, table, BatchMemory.Unlimited()).Dispose();
                tables.Add((table, rows));
            }
            catch (ProblemsException wrong)
            {
                problems.AddRange(wrong.Problems);
            }
            catch (ChunnelException wrong)
            {
                problems.AddRange(wrong.ToProblems());
            }
        }
        return tables;
    }

    private static Problem Unknown(string what, string? name, IReadOnlyList<PluginBlock> blocks, TextPosition where) =>
        new(CommonErrors.OptionValidateFailed, name is null ? $"The job has {blocks.Count} {what}s: it is not said which one is meant." : $"'{name}' is not one {what} of the job.")
        {
            Where = where, Mend = $"Write {what} = \"...\" with one of {string.Join(", ", blocks.Select(block => block.ActionName))}{(what == "source" ? ", or with a plugin_output" : ", or with a plugin_input")}.",
        };
}
