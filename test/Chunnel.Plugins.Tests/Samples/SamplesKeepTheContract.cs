using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Plugins.Tests.Samples;

/// <summary>The source of docs/write-a-connector.md, loaded from a plug-ins folder.</summary>
public sealed class CountdownKeepsTheContract : SourceContract
{
    protected override SourcePlugin Plugin { get; } = Sample.Get<SourcePlugin>(PluginKind.Source, "Countdown");

    protected override SettingsObject Settings { get; } = TestSettings.Of("""{"from": 10000}""");

    protected override SettingsObject? SettingsWithoutRows { get; } = TestSettings.Of("""{"from": 0}""");

    protected override long? ExpectedRows => 10000;
}

/// <summary>The sink of docs/write-a-connector.md.</summary>
public sealed class JsonFolderKeepsTheContract : SinkContract, IDisposable
{
    private readonly TestFolder _folder = new();

    protected override SinkPlugin Plugin { get; } = Sample.Get<SinkPlugin>(PluginKind.Sink, "JsonFolder");

    protected override SettingsObject Settings => TestSettings.Of($$"""{"folder": {{SettingsJson.Quote(Path.Combine(_folder.Path, "out"))}} }""");

    // A row's kind is no part of a line.
    protected override bool TakesKinds => false;

    public void Dispose() => _folder.Dispose();

    protected override async ValueTask<IReadOnlyList<string>> VisibleAsync()
    {
        var lines = new List<string>();
        var folder = Path.Combine(_folder.Path, "out");
        if (!Directory.Exists(folder)) return lines;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Where(file => !Path.GetFileName(file).StartsWith('.')))
        {
            lines.AddRange((await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        return lines;
    }

    protected override string Show(BoxedRow row)
    {
        using var batch = BoxedRows.ToBatch(Table, [row], BatchMemory.Unlimited());
        var values = new ByteWriter();
        var texts = Table.Columns.Select((column, i) =>
        {
            values.Clear();
            JsonText.Append(values, batch[i], 0);
            return $"\"{column.Name}\":{System.Text.Encoding.UTF8.GetString(values.Written)}";
        });
        return $"{{{string.Join(',', texts)}}}";
    }
}
