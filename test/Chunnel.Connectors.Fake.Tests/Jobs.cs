using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Fake.Tests;

/// <summary>Small jobs of this family, without an engine: FakeSource's rows, and the lines that Console prints of them.</summary>
internal static class Jobs
{
    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static SourcePlugin FakeSource { get; } = (SourcePlugin)Plugin(PluginKind.Source, "FakeSource");

    public static SinkPlugin Console { get; } = (SinkPlugin)Plugin(PluginKind.Sink, "Console");

    public static SinkPlugin Assert { get; } = (SinkPlugin)Plugin(PluginKind.Sink, "Assert");

    public static async ValueTask<ISource> SourceAsync(string settings, string? output = "fake", JobMode mode = JobMode.Batch, TimeProvider? clock = null) =>
        await FakeSource.CreateAsync(new SourceContext { Settings = TestSettings.Of(settings), OutputName = output, Mode = mode, Clock = clock ?? TimeProvider.System }, Stop);

    public static async ValueTask<List<SourceRow>> RowsAsync(string settings, int readers = 1, TimeProvider? clock = null)
    {
        await using var source = await SourceAsync(settings, clock: clock);
        return await new SourceDrive(source, readers, BatchMemory.Unlimited()).AllRowsAsync(Stop);
    }

    /// <summary>Runs the source into consoles, a writer for each reader and table.</summary>
    public static async ValueTask<List<string>> LinesAsync(string source, string console = "{}", int readers = 1)
    {
        await using var from = await SourceAsync(source);
        var lines = new List<string>();
        var drive = new SourceDrive(from, readers, BatchMemory.Unlimited());
        var splits = await drive.EnumerateAsync(Stop);
        for (var subtask = 0; subtask < readers; subtask++)
        {
            var writers = new Dictionary<string, ISinkWriter>();
            foreach (var table in from.Tables)
            {
                var sink = await Console.CreateAsync(new SinkContext { Settings = TestSettings.Of(console), Table = table }, Stop);
                var writer = writers[table.TableId] = sink.CreateWriter(
                    new WriterContext
                    {
                        Subtask = subtask,
                        Parallelism = readers,
                        Memory = BatchMemory.Unlimited(),
                        Print = lines.Add,
                        PrintLines = text => lines.AddRange(Encoding.UTF8.GetString(text).TrimEnd('\n').Split('\n')),
                    },
                    []);
                await writer.OpenAsync(Stop);
            }
            await using var reader = await drive.OpenReaderAsync(subtask, splits[subtask], Stop);
            while (await drive.NextAsync(reader, Stop) is { } batch) await writers[batch.Schema.TableId].WriteAsync(batch, Stop);
            foreach (var writer in writers.Values) await writer.DisposeAsync();
        }
        return lines;
    }

    public static ChunnelException? Mistake(PluginDefinition plugin, string settings) =>
        plugin.Check(TestSettings.Of(settings)).FirstOrDefault(problem => problem.Severity == Severity.Error) is { } problem
            ? new ChunnelException(problem.Code, problem.What) { Mend = problem.Mend, Where = problem.Where }
            : null;

    private static PluginDefinition Plugin(PluginKind kind, string name) => FakeConnector.Plugins.Single(entry => entry.Kind == kind && entry.Name == name).Make();
}
